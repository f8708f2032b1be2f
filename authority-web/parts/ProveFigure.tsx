import type { AuditRow } from '@hexhail/audit/settled.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Dialog } from '@hexhail/ui/components/Dialog.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AuthorityModel } from '../model.ts'
import { type ProofCount, proveAll } from '../prove-all.ts'
import { t } from '../text.ts'
import { Recompute } from './Recompute.tsx'

/** Properties of `ProveFigure`. */
export interface ProveFigureProps {
  /** Of the figure, as it stands over it. */
  readonly name: string
  /** How it is counted, in a sentence. */
  readonly rule: string
  /** The settlements that it is of. */
  readonly rows: readonly AuditRow[]
  /** Works the figure out of them. */
  readonly sum: (rows: readonly AuditRow[]) => string
  readonly model: Pick<AuthorityModel, 'prove'>
  /** Says the same on another machine. */
  readonly command: string
}

/** Opens what a figure is made of; there the chain is asked for every settlement in it. */
export function ProveFigure(props: ProveFigureProps) {
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
        {isOpen && <Proof {...props} />}
      </Dialog>
    </>
  )
}

function Proof({ rule, rows, sum, model, command }: ProveFigureProps) {
  const [asked] = useState(rows) // it stays the same while the chain is asked
  const [count, setCount] = useState<ProofCount | null>(null)
  const run = useRef<AbortController | null>(null)
  useEffect(() => () => run.current?.abort(), [])
  const n = (value: number): string => formatNumber(value, locale.value)
  const blocks = asked.map(row => row.fact.blockNumber)
  const isBusy = count !== null && count.done < count.of && run.current?.signal.aborted === false
  const ask = (): void => {
    run.current?.abort()
    run.current = new AbortController()
    setCount({ of: asked.length, done: 0, proved: [], gone: 0, away: 0 })
    void proveAll(
      asked.map(row => row.fact),
      model.prove,
      setCount,
      run.current.signal,
    )
  }
  const stop = (): void => {
    run.current?.abort()
    setCount(null)
  }
  return (
    <div class="stack">
      <p>{rule}</p>
      <dl class="facts">
        <dt>{t('proveRows')}</dt>
        <dd class="num">{n(asked.length)}</dd>
        {asked.length > 0 && <dt>{t('proveBlocks')}</dt>}
        {asked.length > 0 && (
          <dd class="num">
            {n(blocks.reduce((a, b) => Math.min(a, b)))} – {n(blocks.reduce((a, b) => Math.max(a, b)))}
          </dd>
        )}
        <dt>{t('proveSum')}</dt>
        <dd class="num" data-testid="prove-sum">
          {sum(count && !isBusy ? standing(asked, count) : asked)}
        </dd>
      </dl>
      {isBusy ? (
        <Button icon="close" onClick={stop}>
          {t('proveStop')}
        </Button>
      ) : (
        <Button icon="link" disabled={asked.length === 0} testId="prove-ask" onClick={ask}>
          {t('proveAsk')}
        </Button>
      )}
      <div role="status" data-testid="prove-told">
        {count && isBusy && t('proveProgress', { done: n(count.done), n: n(count.of) })}
        {count && !isBusy && <Told count={count} />}
      </div>
      <Recompute command={command} />
    </div>
  )
}

/** Those that the chain did not disown. */
function standing(rows: readonly AuditRow[], { proved }: ProofCount): readonly AuditRow[] {
  const kept = new Set(proved)
  return rows.filter(row => kept.has(row.fact))
}

function Told({ count }: { readonly count: ProofCount }) {
  return (
    <>
      {count.proved.length > 0 && <p class="good">{t('proveAll', { n: count.proved.length })}</p>}
      {count.gone > 0 && <p class="bad">{t('proveGone', { n: count.gone })}</p>}
      {count.away > 0 && <p>{t('proveAway', { n: count.away })}</p>}
    </>
  )
}
