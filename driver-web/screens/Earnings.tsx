import { Button } from '@hexhail/ui/components/Button.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { ListRow } from '@hexhail/ui/components/ListRow.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { formatMoment } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useState } from 'preact/hooks'
import { earnedToday, type LedgerTrip, OPEN_CASES } from '../ledger.ts'
import type { DriverModel } from '../model.ts'
import { CaseCard } from '../parts/CaseCard.tsx'
import { Problem } from '../parts/Problem.tsx'
import { TripDialog } from '../parts/TripDialog.tsx'
import { Withdraw } from '../parts/Withdraw.tsx'
import { t } from '../text.ts'

/** What was earned: today, in the vault, trip by trip, and the cases that are still open. */
export function Earnings({ model, onBack }: { readonly model: DriverModel; readonly onBack: () => void }) {
  const [shown, setShown] = useState<LedgerTrip | null>(null)
  const trips = model.purse.trips.value
  const today = earnedToday(trips, model.clock.value)
  const cases = trips.filter(trip => OPEN_CASES.has(trip.state))
  const { vault, wallet } = model.purse
  const destOf = (trip: LedgerTrip): string => {
    const kept = model.client.history.value.find(each => each.digest === trip.terms)
    return kept?.dest?.name ?? ''
  }
  return (
    <div class="stack">
      <div class="row">
        <Button kind="quiet" icon="arrow-left" testId="back" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
      <h1>{t('earnings')}</h1>
      <Figures
        figures={[
          {
            label: `${t('today')} · ${t('todayTrips', { n: today.trips })}`,
            value: (
              <span data-testid="earnings-total">
                <Money amount={today.sum} />
              </span>
            ),
          },
          { label: t('inVault'), value: <Money amount={vault.value ?? 0n} /> },
        ]}
      />
      <Figures
        figures={[
          { label: t('inWallet'), value: <Money amount={wallet.value ?? 0n} /> },
          {
            label: t('allTime'),
            value: <Money amount={trips.reduce((sum, trip) => sum + trip.earned, 0n)} />,
          },
        ]}
      />
      <Withdraw model={model} />
      {cases.length > 0 && (
        <section class="stack-tight">
          <h2>{t('casesTitle')}</h2>
          {cases.map(open => (
            <CaseCard key={open.terms} model={model} open={open} />
          ))}
        </section>
      )}
      <Problem model={model} />
      <h2>{t('tripsTitle')}</h2>
      {trips.length === 0 ? (
        <EmptyState icon="receipt" title={t('todayTrips', { n: 0 })}>
          <p>{t('noTrips')}</p>
        </EmptyState>
      ) : (
        <ul class="list" data-testid="trips">
          {trips.map(trip => (
            <li key={trip.terms}>
              <ListRow
                icon="receipt"
                title={destOf(trip) ? t('tripTo', { place: destOf(trip) }) : t('tripOf')}
                detail={
                  <>
                    {formatMoment(trip.atMs, locale.value)}{' '}
                    <Chip tone={trip.state === 'settled' || trip.state === 'closed' ? 'good' : 'warn'}>
                      {t(`state_${trip.state}`)}
                    </Chip>
                  </>
                }
                end={
                  <span class="strong">
                    <Money amount={trip.earned || trip.pending} />
                  </span>
                }
                onClick={() => setShown(trip)}
              />
            </li>
          ))}
        </ul>
      )}
      <TripDialog model={model} trip={shown} onClose={() => setShown(null)} />
    </div>
  )
}
