import { Button } from '@hexhail/ui/components/Button.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Proof } from '../model.ts'
import { type ProofCount, proveAll } from '../prove-all.ts'
import { t } from '../text.ts'
import { Recompute } from './Recompute.tsx'

/** Properties of `ProveRows`. */
export interface ProveRowsProps<R> {
  /** Of the figure, as it stands over it. */
  readonly name: string
  /** How it is counted, in a sentence. */
  readonly rule: string
  /** What it is of, and where that is asked for: events of the chain, what the chain holds now, or leaves of the log. */
  readonly rows: readonly R[]
  readonly at: 'chain' | 'state' | 'log'
  readonly prove: (row: R) => Promise<Proof>
  /** Works the figure out of the rows; rejects where that cannot be done now. */
  readonly sum: (rows: readonly R[]) => string | Promise<string>
  /** More of where it comes from: pairs of `dt` and `dd`. */
  readonly facts?: (rows: readonly R[]) => ComponentChildren
  /** Says the same on another machine, where one can. */
  readonly command?: string
}

/** Opens what a figure is made of; there each row behind it is asked for, and the figure worked out of those that stand. */
export function ProveRows<R>(props: ProveRowsProps<R>) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        class="prove"
        aria-label={t('proveFigure', { name: props.name })}
        onClick={() => setOpen(true)}
      >
        {t('proveIt')}
      </button>
      <Dialog open={isOpen} title={t('proveTitle', { name: props.name })} onClose={() => setOpen(false)}>
        {isOpen && <Asking {...props} />}
      </Dialog>
    </>
  )
}

function Asking<R>({ rule, rows, at, prove, sum, facts, command }: ProveRowsProps<R>) {
  const [asked] = useState(rows) // it stays the same while it is asked for
  const [count, setCount] = useState<ProofCount<R> | null>(null)
  const run = useRef<AbortController | null>(null)
  useEffect(() => () => run.current?.abort(), [])
  const n = (value: number): string => formatNumber(value, locale.value)
  const isBusy = count !== null && count.done < count.of && run.current?.signal.aborted === false
  const standing = count && !isBusy ? count.proved : asked
  const ask = (): void => {
    run.current?.abort()
    run.current = new AbortController()
    setCount({ of: asked.length, done: 0, proved: [], gone: 0, away: 0 })
    void proveAll(asked, prove, setCount, run.current.signal)
  }
  const stop = (): void => {
    run.current?.abort()
    setCount(null)
  }
  return (
    <div class="stack">
      <p>{rule}</p>
      <dl class="facts">
        <dt>{t(`proveRows_${at}`)}</dt>
        <dd class="num">{n(asked.length)}</dd>
        {facts?.(asked)}
        <dt>{t('proveSum')}</dt>
        <dd class="num" data-testid="prove-sum">
          <Summed rows={standing} sum={sum} />
        </dd>
      </dl>
      {isBusy ? (
        <Button icon="close" onClick={stop}>
          {t('proveStop')}
        </Button>
      ) : (
        <Button icon="link" disabled={asked.length === 0} testId="prove-ask" onClick={ask}>
          {t(`proveAsk_${at}`)}
        </Button>
      )}
      <div role="status" data-testid="prove-told">
        {count && isBusy && t('proveProgress', { done: n(count.done), n: n(count.of) })}
        {count && !isBusy && <Told count={count} at={at} />}
      </div>
      {command !== undefined && <Recompute command={command} />}
    </div>
  )
}

/** A figure out of its rows; «–» while it is worked out, and where it cannot be. */
function Summed<R>({ rows, sum }: Pick<ProveRowsProps<R>, 'rows' | 'sum'>) {
  const made = useMemo(() => sum(rows), [rows])
  const [late, setLate] = useState<{ readonly of: unknown; readonly text: string } | null>(null)
  useEffect(() => {
    if (typeof made === 'string') return
    made.then(
      text => setLate({ of: made, text }),
      () => setLate(null),
    )
  }, [made])
  if (typeof made === 'string') return <>{made}</>
  return <>{late?.of === made ? late.text : '–'}</>
}

function Told<R>({ count, at }: { readonly count: ProofCount<R>; readonly at: ProveRowsProps<R>['at'] }) {
  return (
    <>
      {count.proved.length > 0 && <p class="good">{t(`proveAll_${at}`, { n: count.proved.length })}</p>}
      {count.gone > 0 && <p class="bad">{t(`proveGone_${at}`, { n: count.gone })}</p>}
      {count.away > 0 && <p>{t('proveAway', { n: count.away })}</p>}
    </>
  )
}
