import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { EVERYTHING } from '../filter.ts'
import type { AuthorityModel, Proof } from '../model.ts'
import { PayoutTable, PotTable, WeekTable } from '../parts/LevyTables.tsx'
import { ProveFigure } from '../parts/ProveFigure.tsx'
import { ProveRows } from '../parts/ProveRows.tsx'
import { t } from '../text.ts'
import { type LevyPot, type LevyWeek, levyPots, levyWeeks } from '../treasury.ts'

/** An event that brought levy, minor units. */
interface Levied {
  readonly fact: ChainFact
  readonly levy: bigint
}

/** The levy: what the settlements say is due, by tariff and week, against what the chain holds. */
export function Treasury({ model }: { readonly model: AuthorityModel }) {
  const [rows, payouts] = [model.rows.value, model.payouts.value]
  const weeks = useMemo(() => levyWeeks(rows, payouts), [rows, payouts])
  const levied = useMemo<readonly Levied[]>(
    () => [...rows.map(({ fact }) => ({ fact, levy: fact.levy })), ...payouts],
    [rows, payouts],
  )
  const { waiting, ask } = usePots(
    model,
    weeks.map(each => each.tariff),
  )
  const pots = levyPots(weeks, waiting)
  const look = ({ tariff, fromMs }: LevyWeek): void => {
    model.filter.value = { ...EVERYTHING, tariff, weekMs: fromMs }
    location.hash = '#/overview'
  }
  return (
    <div class="stack">
      <h1>{t('treasuryTitle')}</h1>
      <p class="muted">{t('treasuryWhy')}</p>
      <LevyFigures model={model} levied={levied} pots={pots} />
      {weeks.length === 0 ? (
        <EmptyState icon="receipt" title={t(model.caughtUp.value ? 'noSettlements' : 'catchingUp')} />
      ) : (
        <>
          <WeekTable weeks={weeks} onProve={look} />
          <PotTable pots={pots} onAsk={ask} />
        </>
      )}
      {payouts.length > 0 && <PayoutTable payouts={payouts} />}
    </div>
  )
}

function LevyFigures({
  model,
  levied,
  pots,
}: {
  readonly model: AuthorityModel
  readonly levied: readonly Levied[]
  readonly pots: readonly LevyPot[]
}) {
  const due = sumOf(levied.map(each => each.levy))
  const waiting = pots.some(pot => pot.waiting === null) ? null : sumOf(pots.map(pot => pot.waiting ?? 0n))
  const waitingNow = async (): Promise<bigint> =>
    sumOf(await Promise.all(pots.map(pot => model.pot(pot.tariff))))
  const text = (amount: bigint | null): string => (amount === null ? '–' : formatMoney(amount, locale.value))
  return (
    <Figures
      figures={[
        {
          label: t('levyDue'),
          value: (
            <>
              <span data-testid="levy-due">{text(due)}</span>
              <ProveFigure
                name={t('levyDue')}
                rule={t('proveDue')}
                rows={levied}
                sum={rows => text(sumOf(rows.map(each => each.levy)))}
                model={model}
              />
            </>
          ),
        },
        {
          label: t('levyWaiting'),
          value: (
            <>
              <span data-testid="levy-waiting">{text(waiting)}</span>
              <ProveRows
                name={t('levyWaiting')}
                rule={t('proveWaiting')}
                rows={pots}
                at="state"
                prove={pot => potStands(model, pot)}
                sum={async () => text(await waitingNow())}
              />
            </>
          ),
        },
        {
          label: t('levyCollected'),
          value: (
            <>
              {text(waiting === null ? null : due - waiting)}
              <ProveFigure
                name={t('levyCollected')}
                rule={t('proveCollected')}
                rows={levied}
                sum={async rows => text(sumOf(rows.map(each => each.levy)) - (await waitingNow()))}
                model={model}
              />
            </>
          ),
        },
      ]}
    />
  )
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, each) => sum + each, 0n)

const potStands = (model: AuthorityModel, { tariff, waiting }: LevyPot): Promise<Proof> =>
  model.pot(tariff).then(
    now => (now === waiting ? 'proved' : 'gone'),
    () => 'away',
  )

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
