import { Segmented } from '@hexhail/ui/components/Segmented.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { capitalized, formatDayTime } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { RiderModel } from '../model.ts'
import { slots } from '../slots.ts'
import { t } from '../text.ts'

/** Now, or a quarter of an hour within the next day. */
export function When({ model }: { readonly model: RiderModel }) {
  const { pickupAt, clock } = model
  const times = slots(clock.value)
  const chosen = pickupAt.value
  return (
    <div class="stack-tight">
      <Segmented
        label={t('when')}
        value={chosen ? 'later' : 'now'}
        options={[
          { value: 'now', label: t('now') },
          { value: 'later', label: t('later') },
        ]}
        onValue={when => (pickupAt.value = when === 'now' ? 0 : times[0]!)}
      />
      {chosen > 0 && (
        <Select
          label={t('pickupTime')}
          value={String(chosen)}
          options={(times.includes(chosen) ? times : [chosen, ...times]).map(at => ({
            value: String(at),
            label: capitalized(formatDayTime(at, clock.value, locale.value), locale.value),
          }))}
          onValue={at => (pickupAt.value = Number(at))}
          hint={t('laterNote')}
        />
      )}
    </div>
  )
}
