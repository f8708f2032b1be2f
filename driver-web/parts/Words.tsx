import { WhoKnows } from '@hexhail/ui/app/WhoKnows.tsx'
import type { DriverModel } from '../model.ts'
import { t } from '../text.ts'

/** How a shift works, in four sentences. */
export function Help() {
  return (
    <div class="stack">
      <p>{t('help1')}</p>
      <p>{t('help2')}</p>
      <p>{t('help3')}</p>
      <p>{t('help4')}</p>
    </div>
  )
}

/** Who knows what of a driver, in plain words. */
export function Privacy({ model }: { readonly model?: DriverModel }) {
  return (
    <WhoKnows
      knowers={[
        { who: t('know_near'), learns: t('know_nearLearns'), not: t('know_nearNot') },
        { who: t('know_asking'), learns: t('know_askingLearns'), not: t('know_askingNot') },
        { who: t('know_chooser'), learns: t('know_chooserLearns'), not: t('know_chooserNot') },
      ]}
      limits={[t('know_limitShift')]}
      stored={t('know_stored')}
      onForget={model?.forgetTrips}
    />
  )
}
