import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { LinkButton } from '@hexhail/ui/components/LinkButton.tsx'
import { Moment } from '@hexhail/ui/components/Measure.tsx'
import type { AuthorityModel } from '../model.ts'
import { ChainProof } from '../parts/ChainProof.tsx'
import { FareCard } from '../parts/FareCard.tsx'
import { shortHex } from '../parts/names.ts'
import { TripFacts } from '../parts/TripFacts.tsx'
import { LOOKS, standingOf } from '../parts/VerdictChip.tsx'
import { t } from '../text.ts'

/** One settlement: the verdict first, then the fare line by line, the trip, and the proof. */
export function Trip({ model, terms }: { readonly model: AuthorityModel; readonly terms: string }) {
  const row = model.rows.value.find(each => each.fact.terms === terms)
  if (!row) {
    return (
      <EmptyState
        icon="search"
        title={t(model.caughtUp.value ? 'noTrip' : 'catchingUp')}
        actions={<LinkButton href="#/overview">{t('back')}</LinkButton>}
      >
        {model.caughtUp.value && t('noTripText')}
      </EmptyState>
    )
  }
  const standing = standingOf(row)
  const { tone, icon } = LOOKS[standing]
  const n = row.audit?.findings.length ?? 0
  return (
    <div class="stack">
      <div class="trip-head">
        <a class="back" href="#/overview">
          <Icon name="arrow-left" size={20} />
          {t('back')}
        </a>
        <h1>
          {t('trip')} <span class="num">{shortHex(terms)}</span>
        </h1>
        <p class="muted">
          <Moment atMs={row.fact.timestampS * 1_000} day />
        </p>
      </div>
      <section class="verdict" data-tone={tone} aria-label={t('verdict')} data-testid={`verdict-${standing}`}>
        <Icon name={icon} size={28} />
        <div>
          <h2>{t(`${standing}Title`, { n })}</h2>
          <p>{t(`${standing}Text`)}</p>
        </div>
        {standing === 'sealed' && <LinkButton href="#/key">{t('keyAdd')}</LinkButton>}
      </section>
      <div class="split">
        <FareCard row={row} tariff={model.tariffs.value.get(row.fact.tariff)} />
        <div class="stack">
          <TripFacts row={row} />
          <ChainProof fact={row.fact} model={model} />
        </div>
      </div>
    </div>
  )
}
