import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { formatDistance } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'

/** The rider wants to go elsewhere: where, for how much, yes or no. */
export function ChangeAsked({ model }: { readonly model: DriverModel }) {
  const { trip } = model.client.shift.value
  if (!trip?.change) return null
  const { destName, fare, metres } = trip.change
  const answer = (accept: boolean) => void model.act({ type: 'answerChange', accept })
  return (
    <Card tone="sun" label={t('changeTitle')}>
      <h2>{destName}</h2>
      <p class="muted">{t('changeWas', { place: trip.dest?.name ?? '' })}</p>
      <p>{t('changeFare', { fare: money(fare), distance: formatDistance(metres, locale.value) })}</p>
      <Button kind="primary" wide testId="change-accept" onClick={() => answer(true)}>
        {t('accept')}
      </Button>
      <Button wide testId="change-refuse" onClick={() => answer(false)}>
        {t('refuse')}
      </Button>
    </Card>
  )
}
