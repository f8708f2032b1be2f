import type { TravelPlan } from '@hexhail/transit/door/travel-plan.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { t } from '../text.ts'
import { linesFare } from '../travel/way-fare.ts'

/** Properties of `WayNotes`. */
export interface WayNotesProps {
  readonly plan: TravelPlan
  readonly isModelled: boolean
  readonly wheelchair: boolean
  readonly bicycle: boolean
}

/** What is not known of a way: whose times they are, what lines cost, what they take on board. */
export function WayNotes({ plan, isModelled, wheelchair, bicycle }: WayNotesProps) {
  const lines = plan.legs.filter(leg => leg.kind === 'line')
  return (
    <>
      {isModelled && lines.length > 0 && (
        <Banner tone="warn" icon="info">
          <span data-testid="modelled">{t('modelled')}</span>
        </Banner>
      )}
      {wheelchair && lines.some(leg => leg.wheelchair === 0) && (
        <Banner tone="warn" icon="info">
          {t('accessUnknown')}
        </Banner>
      )}
      {bicycle && lines.length > 0 && (
        <Banner tone="warn" icon="info">
          {t('bikeUnknown')}
        </Banner>
      )}
      <p class="small muted">
        {lines.length > 0 && `${t(linesFare(plan) === null ? 'fareNote' : 'fareOnBoard')} `}
        {t('waysNote')} {t('co2Note')}
      </p>
    </>
  )
}
