import { WhoKnows } from '@hexhail/ui/app/WhoKnows.tsx'
import type { RiderModel } from './model.ts'
import { t } from './text.ts'

/** How a ride works, in three sentences. */
export function Help() {
  return (
    <div class="stack">
      <p>{t('help1')}</p>
      <p>{t('help2')}</p>
      <p>{t('help3')}</p>
    </div>
  )
}

/** Who knows what of a rider, in plain words. */
export function Privacy({ model }: { readonly model?: RiderModel }) {
  return (
    <WhoKnows
      knowers={[
        { who: t('know_near'), learns: t('know_nearLearns'), not: t('know_nearNot') },
        { who: t('know_offering'), learns: t('know_offeringLearns'), not: t('know_offeringNot') },
        { who: t('know_chosen'), learns: t('know_chosenLearns'), not: t('know_chosenNot') },
        { who: t('know_you'), learns: t('know_youLearn'), not: t('know_youNot') },
      ]}
      limits={[t('know_limitHome'), t('know_limitPlan')]}
      onForget={model?.client.forgetTrips}
    />
  )
}
