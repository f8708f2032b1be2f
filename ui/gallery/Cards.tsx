import { useState } from 'preact/hooks'
import { Banner } from '../components/Banner.tsx'
import { Button } from '../components/Button.tsx'
import { Card } from '../components/Card.tsx'
import { CarLine } from '../components/CarLine.tsx'
import { Chip } from '../components/Chip.tsx'
import { ConnectionBanner } from '../components/ConnectionBanner.tsx'
import { DataTable } from '../components/DataTable.tsx'
import { EmptyState, ErrorState } from '../components/EmptyState.tsx'
import { FareTable } from '../components/FareTable.tsx'
import { Figures } from '../components/Figures.tsx'
import { ListRow } from '../components/ListRow.tsx'
import { Meter } from '../components/Meter.tsx'
import { Money } from '../components/Money.tsx'
import { OfferCard } from '../components/OfferCard.tsx'
import { Places } from '../components/Places.tsx'
import { Pulse } from '../components/Pulse.tsx'
import { ReceiptView } from '../components/ReceiptView.tsx'
import { Steps } from '../components/Steps.tsx'
import { LINES, TOTAL } from './samples.ts'

const TRIPS = [
  { id: '0x51ab…09', at: '14:02', fare: 9_936_000n, levy: 298_080n, ok: true },
  { id: '0x77cd…e1', at: '13:48', fare: 4_250_000n, levy: 127_500n, ok: true },
  { id: '0x0b2e…3f', at: '13:31', fare: 12_804_500n, levy: 384_135n, ok: false },
]

/** Every card and state. */
export function Cards() {
  const [chosen, setChosen] = useState(0)
  return (
    <div class="stack">
      <h1>Cards</h1>
      <Figures
        figures={[
          { label: 'Today', value: <Money amount={86_120_000n} /> },
          { label: 'Trips', value: 9 },
          { label: 'Levy', value: <Money amount={2_583_600n} /> },
        ]}
      />
      <div class="list">
        {['White Suzuki Swift', 'Grey Fiat Cronos', 'Blue BYD Dolphin'].map((car, at) => (
          <OfferCard
            key={car}
            car={car}
            etaS={(at + 2) * 120}
            fare={9_936_000n - BigInt(at) * 310_000n}
            ratingHundredths={at === 2 ? null : 487 - at * 12}
            trips={`${1204 - at * 400} trips`}
            state={at === 2 ? 'gone' : at === chosen ? 'chosen' : 'open'}
            onChoose={() => setChosen(at)}
          />
        ))}
      </div>
      <Card label="The ride">
        <Steps names={['Chosen', 'Held', 'Coming', 'Riding', 'Paid']} at={2} />
        <CarLine name="Lucía" car="White Suzuki Swift" plate="SBX 4071" />
        <Places
          places={[
            {
              kind: 'pickup',
              name: '18 de Julio 1453',
              detail: 'Stand by the door of the theatre',
              onEdit: () => {},
            },
            { kind: 'stop', name: 'Bulevar Artigas 1825' },
            { kind: 'destination', name: null, prompt: 'Where to?', onEdit: () => {} },
          ]}
        />
        <Meter label="Fare so far" fare={6_120_000n} distanceM={3120} durationS={542} />
      </Card>
      <Card label="Estimate">
        <FareTable lines={LINES} total={TOTAL} totalLabel="At most" />
      </Card>
      <ReceiptView
        atMs={1_795_390_412_000}
        distanceM={4812}
        durationS={861}
        fare={{ lines: LINES, total: TOTAL }}
        proof={{
          tripId: '0x51ab77ee21a09c2b51ab77ee21a09c2b51ab77ee21a09c2b51ab77ee21a09c2b',
          txHash: '0x9a1b77ee21a09c2b51ab77ee21a09c2b51ab77ee21a09c2b51ab77ee21a09c2b',
          block: 1204,
        }}
      />
      <DataTable
        caption="Settled trips"
        rows={TRIPS}
        rowKey={row => row.id}
        columns={[
          { key: 'at', title: 'Time', cell: row => row.at },
          {
            key: 'id',
            title: 'Trip',
            cell: row => (
              <button type="button" class="table-action">
                {row.id}
              </button>
            ),
          },
          { key: 'fare', title: 'Fare', align: 'end', cell: row => <Money amount={row.fare} /> },
          { key: 'levy', title: 'Levy', align: 'end', cell: row => <Money amount={row.levy} exact /> },
          {
            key: 'ok',
            title: 'Check',
            cell: row => <Chip tone={row.ok ? 'good' : 'bad'}>{row.ok ? 'Agrees' : 'Differs'}</Chip>,
          },
        ]}
      />
      <ul class="list">
        <li>
          <ListRow
            icon="receipt"
            title="Plaza Independencia"
            detail="Today, 14:02"
            end="$9.94"
            onClick={() => {}}
          />
        </li>
        <li>
          <ListRow icon="home" title="Bulevar Artigas 1825" detail="Saved place" />
        </li>
      </ul>
      <ConnectionBanner state="network-lost" />
      <ConnectionBanner state="offline" />
      <Banner tone="bad" icon="warning" action={<Button size="small">Retry</Button>}>
        The chain refused the hold: the balance is too small.
      </Banner>
      <Card>
        <Pulse />
        <p class="center">Asking 14 drivers near you…</p>
      </Card>
      <Card>
        <EmptyState title="No trips yet" actions={<Button wide>Plan the first one</Button>}>
          Your receipts will stand here.
        </EmptyState>
      </Card>
      <Card>
        <ErrorState
          title="Nobody is near"
          icon="car"
          tone="warn"
          actions={
            <>
              <Button kind="primary" wide>
                Ask a wider area
              </Button>
              <Button wide>Change the pickup</Button>
            </>
          }
        >
          No driver answered within two minutes. Nothing was charged.
        </ErrorState>
      </Card>
    </div>
  )
}
