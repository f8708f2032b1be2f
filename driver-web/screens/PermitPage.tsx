import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { CarLine } from '@hexhail/ui/components/CarLine.tsx'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { formatMoment } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { DriverModel } from '../model.ts'
import { Problem } from '../parts/Problem.tsx'
import { t } from '../text.ts'

/** The city's permit: what the chain says, and how to get one. */
export function PermitPage({ model }: { readonly model: DriverModel }) {
  const { config, permits, deeds, address } = model
  const profile = model.profile.value
  const permit = permits.permit.value
  const ended = permit !== null && permit.untilS > 0
  const demo = config.demo && config.faucetUrl !== null
  return (
    <div class="stack">
      <h1>{t('permitTitle')}</h1>
      <p class="muted">{t('permitWhy')}</p>
      <Card>
        <CarLine name={profile.name} car={profile.text} plate={profile.plate} />
        <p class="row-spread small">
          <span class="muted">{t('permitAccount')}</span>
          <CopyText text={address} />
        </p>
        <p class="strong" role="status">
          {permit === null
            ? t('checking')
            : ended
              ? t('permitEnded', { day: formatMoment(permit.untilS * 1000, locale.value) })
              : t('permitNone')}
        </p>
      </Card>
      <p>{demo ? t('permitDemo') : t('permitWhere', { place: config.jurisdiction })}</p>
      <Problem model={model} />
      {demo && (
        <Button
          kind="primary"
          wide
          testId="permit-apply"
          busy={deeds.busy.value === 'permit'}
          onClick={() => void deeds.run('permit', () => permits.apply(profile))}
        >
          {t('permitAsk')}
        </Button>
      )}
      <Button
        wide
        kind={demo ? 'plain' : 'primary'}
        busy={deeds.busy.value === 'permit-look'}
        onClick={() => void deeds.run('permit-look', permits.refresh)}
      >
        {t('permitCheck')}
      </Button>
    </div>
  )
}
