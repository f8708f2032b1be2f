import type { LookUpRecord } from '@hexhail/client/look-up-record.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { useEffect, useState } from 'preact/hooks'
import { formatMoment, formatNumber } from '../format/measure.ts'
import { locale } from '../locale.ts'
import { saveText } from '../save-text.ts'
import { ui } from '../ui-text.ts'
import { type ShownStanding, watchRecord } from '../watch-record.ts'
import { Button } from './Button.tsx'

/** Properties of `PublicRecord`. */
export interface PublicRecordProps {
  readonly terms: Hex
  /** Null: this deployment has no public log. */
  readonly look: LookUpRecord | null
  /** When the trip was settled: a record may take a minute from then. */
  readonly settledAtMs: number
  readonly now: () => number
}

/** A record that is not filed after this long is late, ms. */
const FILED_MS = 60_000

/** Whether the record of a trip stands in the public log, by this page's own check. */
export function PublicRecord({ terms, look, settledAtMs, now }: PublicRecordProps) {
  const [found, setFound] = useState<ShownStanding | null>(null)
  useEffect(() => {
    return look ? watchRecord(terms, look, setFound, later) : undefined
  }, [look, terms])
  if (!look) return null
  const file = found !== null && found !== 'away' && 'file' in found ? found.file : null
  const block = found !== null && found !== 'away' && found.state === 'included' ? found.block : null
  return (
    <div class="stack-tight" data-testid="public-record" data-state={stateOf(found)}>
      <p class="small" role="status">
        {wordsOf(found, now() > settledAtMs + FILED_MS)}
        {typeof block === 'number' &&
          ` ${ui('recordAnchored', { block: formatNumber(block, locale.value) })}`}
      </p>
      {file && (
        <Button
          kind="quiet"
          size="small"
          onClick={() => saveText(`${file.kind}.json`, 'application/json', JSON.stringify(file, null, 2))}
        >
          {ui('recordSave')}
        </Button>
      )}
    </div>
  )
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

const stateOf = (found: ShownStanding | null): string =>
  found === null ? 'asked' : found === 'away' ? found : found.state

function wordsOf(found: ShownStanding | null, isLate: boolean): string {
  if (found === null) return ui('recordAsked')
  if (found === 'away') return ui('recordAway')
  const time = (atMs: number): string => formatMoment(atMs, locale.value)
  switch (found.state) {
    case 'unfiled':
      return isLate ? ui('recordUnfiled') : ui('recordComing')
    case 'promised':
      return ui('recordPromised', { by: found.by, time: time(found.dueAtMs) })
    case 'late':
      return ui('recordLate', { by: found.by, time: time(found.dueAtMs) })
    case 'lied':
      return ui(found.file ? 'recordLied' : 'recordBroken', { by: found.by })
    case 'included': {
      const [first] = found.witnesses
      const size = formatNumber(found.size, locale.value)
      if (!first) return ui('recordAlone', { size })
      const names = found.witnesses.map(each => each.name).join(', ')
      return ui('recordIncluded', { size, names, time: time(first.atS * 1000) })
    }
  }
}
