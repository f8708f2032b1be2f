import { useEffect, useState } from 'preact/hooks'
import { AppShell } from '../components/AppShell.tsx'
import { Button } from '../components/Button.tsx'
import { CarLine } from '../components/CarLine.tsx'
import { IconButton } from '../components/IconButton.tsx'
import { OfferCard } from '../components/OfferCard.tsx'
import { PinDisplay } from '../components/PinDisplay.tsx'
import { Places } from '../components/Places.tsx'
import { type Covered, type Detent, Sheet } from '../components/Sheet.tsx'
import { MapCanvas } from '../map/MapCanvas.tsx'
import type { MapView } from '../map/map-view.ts'
import { FROM, TO, tile, WAY } from './samples.ts'

function useMap(show: (view: MapView) => void) {
  const [view, setView] = useState<MapView | null>(null)
  const [covered, setCovered] = useState<Covered>({ bottom: 0, left: 0, right: 0 })
  useEffect(() => view?.setPadding({ top: 70, ...covered }), [view, covered])
  useEffect(() => {
    if (view) show(view)
  }, [view])
  return { map: <MapCanvas tile={tile} centre={FROM} zoom={14} onView={setView} />, setCovered }
}

/** A rider choosing an offer, or waiting with the PIN. */
export function RiderScene({ step }: { readonly step: 'offers' | 'coming' }) {
  const [detent, setDetent] = useState<Detent>('half')
  const [chosen, setChosen] = useState(0)
  const { map, setCovered } = useMap(view => {
    view.setPlace('pickup', FROM, 'Pickup: Tres Cruces')
    view.setPlace('destination', TO, 'Destination: Plaza Independencia')
    view.setRoute('trip', WAY)
    if (step === 'coming') {
      view.setCar('car', { at: [-56.1629, -34.8926], headingDeg: 250, label: 'Your car' })
      view.setRoute('approach', [[-56.1629, -34.8926], FROM])
    }
    view.fitTo([FROM, TO])
  })
  return (
    <AppShell
      title="Rider"
      layout="map"
      map={map}
      corner={step === 'coming' ? <IconButton icon="sos" kind="alarm" label="SOS" /> : undefined}
      help={<p>Help</p>}
      privacy={<p>Privacy</p>}
    >
      {step === 'offers' ? (
        <Sheet
          label="Offers"
          detent={detent}
          onDetent={setDetent}
          onCovered={setCovered}
          head={<h1>3 drivers answered</h1>}
          foot={
            <>
              <Button kind="primary" wide note="$9.94 is held, the rest comes back">
                Ride with Lucía
              </Button>
              <Button kind="quiet" wide>
                Cancel, free
              </Button>
            </>
          }
        >
          <div class="list">
            {['White Suzuki Swift', 'Grey Fiat Cronos', 'Blue BYD Dolphin'].map((car, at) => (
              <OfferCard
                key={car}
                car={car}
                etaS={(at + 2) * 120}
                fare={9_936_000n - BigInt(at) * 310_000n}
                ratingHundredths={487 - at * 12}
                trips={`${1204 - at * 400} trips`}
                state={at === chosen ? 'chosen' : 'open'}
                onChoose={() => setChosen(at)}
              />
            ))}
          </div>
        </Sheet>
      ) : (
        <Sheet
          label="Your ride"
          detent={detent}
          onDetent={setDetent}
          onCovered={setCovered}
          head={
            <>
              <h1>Lucía is 4 min away</h1>
              <p class="muted">Stand by the door of the theatre.</p>
            </>
          }
          foot={
            <Button kind="danger" wide note="Costs $1.00 now">
              Cancel the ride
            </Button>
          }
        >
          <CarLine name="Lucía" car="White Suzuki Swift" plate="SBX 4071" />
          <PinDisplay pin="4071" />
          <p class="center muted">Tell her this PIN when you get in.</p>
          <Places
            places={[
              { kind: 'pickup', name: 'Tres Cruces' },
              { kind: 'destination', name: 'Plaza Independencia' },
            ]}
          />
        </Sheet>
      )}
    </AppShell>
  )
}
