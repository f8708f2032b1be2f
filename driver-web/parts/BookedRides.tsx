import type { DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { LATER_S } from '@hexhail/protocol/later.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { ListRow } from '@hexhail/ui/components/ListRow.tsx'
import { capitalized, formatDayTime, formatDistance, formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'

/** The rides that the driver has promised for later; a tap tells more, and lets him call one off. */
export function BookedRides({ model }: { readonly model: DriverModel }) {
  const [open, setOpen] = useState<string | null>(null)
  const { booked } = model.client.shift.value
  if (booked.length === 0) return null
  const chosen = booked.find(({ tag }) => tag === open)
  const at = (ms: number): string => formatDayTime(ms, model.clock.value, locale.value)
  return (
    <section class="stack-tight" aria-label={t('bookedRides')}>
      <h2>{t('bookedRides')}</h2>
      <ul class="list">
        {booked.map(trip => (
          <li key={trip.tag}>
            <ListRow
              icon="clock"
              testId="booked"
              title={capitalized(at(trip.pickupAtMs), locale.value)}
              detail={lengthOf(trip)}
              end={<span class="num strong">{money(trip.agreed.fare)}</span>}
              onClick={() => setOpen(trip.tag)}
            />
          </li>
        ))}
      </ul>
      {chosen && (
        <Dialog
          open
          title={capitalized(at(chosen.pickupAtMs), locale.value)}
          onClose={() => setOpen(null)}
          foot={
            <>
              <Button
                kind="danger"
                wide
                testId="booked-release"
                onClick={() => {
                  setOpen(null)
                  void model.act({ type: 'release', reason: 1, tag: chosen.tag })
                }}
              >
                {t('releaseYes')}
              </Button>
              <Button wide onClick={() => setOpen(null)}>
                {t('keep')}
              </Button>
            </>
          }
        >
          <p class="strong">{lengthOf(chosen)}</p>
          <p>
            {t('bookedNote', {
              hold: money(chosen.terms.hold),
              from: at(chosen.pickupAtMs - LATER_S.lead * 1000),
            })}
          </p>
          <p class="muted">{t('bookedRelease')}</p>
        </Dialog>
      )}
    </section>
  )
}

const lengthOf = ({ agreed }: DriverTrip): string =>
  `${formatDuration(agreed.secs, locale.value)} · ${formatDistance(agreed.metres, locale.value)}`
