import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { CarLine } from '@hexhail/ui/components/CarLine.tsx'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { formatMoment } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { DriverModel } from '../model.ts'
import { ApplicationForm } from '../parts/ApplicationForm.tsx'
import { Problem } from '../parts/Problem.tsx'
import { t } from '../text.ts'

/** The city's permit: what chain and authority say, and the application. */
export function PermitPage({ model, onBack }: { readonly model: DriverModel; readonly onBack?: () => void }) {
  const { config, permits, deeds, address } = model
  const profile = model.profile.value
  const permit = permits.permit.value
  const ended = permit !== null && permit.untilS > 0
  const standing = permits.standing.value
  const demo = config.demo && config.faucetUrl !== null
  const mayApply = standing?.state !== 'waiting' && standing?.state !== 'suspended'
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
              ? t(permits.valid.value ? 'permitUntil' : 'permitEnded', {
                  day: formatMoment(permit.untilS * 1000, locale.value),
                })
              : t('permitNone')}
        </p>
      </Card>
      {standing && standing.state !== 'issued' && (
        <Banner
          tone={standing.state === 'waiting' || standing.state === 'granted' ? 'info' : 'warn'}
          icon="info"
        >
          {t(`standing_${standing.state}`)}
          {standing.reason && ` ${t(`reason_${standing.reason}`)}`}
        </Banner>
      )}
      <Problem model={model} />
      {mayApply && (
        <>
          <p>{demo ? t('permitDemo') : t('permitWhere', { place: config.jurisdiction })}</p>
          <ApplicationForm model={model} demo={demo} />
        </>
      )}
      <Button
        wide
        testId="permit-look"
        busy={deeds.busy.value === 'permit-look'}
        onClick={() => void deeds.run('permit-look', permits.refresh)}
      >
        {t('permitCheck')}
      </Button>
      {onBack && (
        <Button wide onClick={onBack}>
          {t('later')}
        </Button>
      )}
    </div>
  )
}
