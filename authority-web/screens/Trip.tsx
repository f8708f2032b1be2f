import type { Hex } from '@hexhail/protocol/terms.ts'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { LinkButton } from '@hexhail/ui/components/LinkButton.tsx'
import { Moment } from '@hexhail/ui/components/Measure.tsx'
import { useRef } from 'preact/hooks'
import type { AuthorityModel } from '../model.ts'
import { ChainProof } from '../parts/ChainProof.tsx'
import { FareCard } from '../parts/FareCard.tsx'
import { shortHex } from '../parts/names.ts'
import { RulingCard, type RulingPort } from '../parts/RulingCard.tsx'
import { TripFacts } from '../parts/TripFacts.tsx'
import { LOOKS, standingOf } from '../parts/VerdictChip.tsx'
import { t } from '../text.ts'

/** One settlement: the verdict first, then the fare line by line, the trip, and the proof. */
export function Trip({
  model,
  terms,
  ruling,
}: {
  readonly model: AuthorityModel
  readonly terms: string
  readonly ruling: RulingPort
}) {
  const row = model.rows.value.find(each => each.fact.terms === terms)
  const dispute = model.disputes.value.find(({ fact }) => fact.terms === terms)
  const ruled = useRef<Hex | null>(null)
  // It stays when it is ruled and the dispute is gone, to say so.
  if (dispute) ruled.current = dispute.fact.terms
  if (ruled.current === terms) return <RulingCard key={terms} id={ruled.current} port={ruling} />
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
