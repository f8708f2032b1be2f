import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { useEffect, useState } from 'preact/hooks'
import { EVERYTHING } from '../filter.ts'
import type { AuthorityModel } from '../model.ts'
import { PayoutTable, PotTable, WeekTable } from '../parts/LevyTables.tsx'
import { t } from '../text.ts'
import { type LevyWeek, levyPots, levyWeeks } from '../treasury.ts'

/** The levy: what the settlements say is due, by tariff and week, against what the chain holds. */
export function Treasury({ model }: { readonly model: AuthorityModel }) {
  const weeks = levyWeeks(model.rows.value, model.payouts.value)
  const { waiting, ask } = usePots(
    model,
    weeks.map(each => each.tariff),
  )
  const pots = levyPots(weeks, waiting)
  const sum = (of: (pot: (typeof pots)[number]) => bigint | null): bigint | null =>
    pots.reduce<bigint | null>((all, pot) => {
      const part = of(pot)
      return all === null || part === null ? null : all + part
    }, 0n)
  const figure = (amount: bigint | null) => (amount === null ? '–' : <Money amount={amount} />)
  const look = ({ tariff, fromMs }: LevyWeek): void => {
    model.filter.value = { ...EVERYTHING, tariff, weekMs: fromMs }
    location.hash = '#/overview'
  }
  return (
    <div class="stack">
      <h1>{t('treasuryTitle')}</h1>
      <p class="muted">{t('treasuryWhy')}</p>
      <Figures
        figures={[
          {
            label: t('levyDue'),
            value: <span data-testid="levy-due">{figure(sum(pot => pot.due))}</span>,
          },
          { label: t('levyWaiting'), value: figure(sum(pot => pot.waiting)) },
          { label: t('levyCollected'), value: figure(sum(pot => pot.collected)) },
        ]}
      />
      {weeks.length === 0 ? (
        <EmptyState icon="receipt" title={t(model.caughtUp.value ? 'noSettlements' : 'catchingUp')} />
      ) : (
        <>
          <WeekTable weeks={weeks} onProve={look} />
          <PotTable pots={pots} onAsk={ask} />
        </>
      )}
      {model.payouts.value.length > 0 && <PayoutTable payouts={model.payouts.value} />}
    </div>
  )
}

/** Asks the chain what waits in the pots, and again whenever something was paid. */
function usePots(model: AuthorityModel, tariffs: readonly number[]) {
  const [waiting, setWaiting] = useState<ReadonlyMap<number, bigint>>(new Map())
  const ids = [...new Set(tariffs)].sort((a, b) => a - b)
  const ask = (tariff: number): void =>
    void model.pot(tariff).then(
      pot => setWaiting(was => new Map([...was, [tariff, pot]])),
      () => setWaiting(was => new Map([...was].filter(([id]) => id !== tariff))),
    )
  useEffect(() => ids.forEach(ask), [ids.join(), model.rows.value.length, model.payouts.value.length])
  return { waiting, ask }
}
