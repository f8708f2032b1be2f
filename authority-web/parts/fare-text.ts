import type { FareAudit } from '@hexhail/audit/checks/fare-audit.ts'
import type { AuditLine } from '@hexhail/protocol/fare-basis.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { TARIFF_UNIT, type Tariff } from '@hexhail/protocol/tariff.ts'
import { VEST_S } from '@hexhail/protocol/trip-tariff.ts'
import type { FareLine } from '@hexhail/ui/components/FareTable.tsx'
import { formatClock, formatNumber } from '@hexhail/ui/format/measure.ts'
import { formatMoney } from '@hexhail/ui/format/money.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { type AuthorityText, t } from '../text.ts'

const LABEL: Readonly<Record<AuditLine['key'], AuthorityText>> = {
  base: 'lineBase',
  distance: 'lineDistance',
  time: 'lineTime',
  minimum: 'lineMinimum',
  factor: 'lineFactor',
  wait: 'lineWait',
  toll: 'lineToll',
  tip: 'lineTip',
  rounding: 'lineRounding',
  units: 'lineUnits',
  concession: 'lineConcession',
  cancel: 'lineCancel',
  less: 'lineLess',
}

/** Tariff units as money in the reader's notation. */
export const tariffMoney = (units: number): string =>
  formatMoney(BigInt(units) * TARIFF_UNIT, locale.value, { exact: true })

/** Metres as kilometres, to the metre. */
export const exactKm = (metres: number): string => `${formatNumber(metres / 1_000, locale.value, 3)} km`

/** Basis points as a factor: `×1.2`. */
export const factorText = (bp: number): string => `×${formatNumber(bp / 10_000, locale.value, 4)}`

/** The lines of a fare with what each is made of: «5.2 km × $0.95 a km». */
export function lineTexts(tariff: Tariff, lines: readonly AuditLine[], about: LineFacts): FareLine[] {
  return lines.map(line => {
    const note = noteOf(tariff, line.key, about)
    return { label: t(LABEL[line.key]), amount: line.amount, ...(note === undefined ? {} : { note }) }
  })
}

/** What the lines count. */
export interface LineFacts {
  readonly metres: number
  readonly secs: number
  readonly bp: number
  readonly waitSecs: number
  readonly isVested: boolean
}

/** What the lines of an opened settlement count. */
export const factsOf = ({ recomputed }: FareAudit, record: TripRecord): LineFacts => ({
  metres: recomputed.metres,
  secs: recomputed.secs,
  bp: record.bp,
  waitSecs: record.waitSecs,
  isVested: recomputed.basis === 'vested',
})

function noteOf(tariff: Tariff, key: AuditLine['key'], about: LineFacts): string | undefined {
  const times = (quantity: string, rate: string): string => t('noteRate', { quantity, rate })
  switch (key) {
    case 'base':
      return about.isVested ? t('noteVested', { time: formatClock(VEST_S) }) : undefined
    case 'distance':
      return kmNote(tariff, about.metres)
    case 'time':
      return times(formatClock(about.secs), t('perMin', { money: tariffMoney(tariff.perMin) }))
    case 'minimum':
      return tariffMoney(tariff.minimum)
    case 'factor':
      return factorText(about.bp)
    case 'wait':
      return t('noteWait', {
        time: formatClock(about.waitSecs),
        free: formatClock(tariff.freeWaitS),
        rate: tariffMoney(tariff.waitPerMin),
      })
    default:
      return undefined
  }
}

/** The kilometres with their rate; with both where a part of them lies beyond the tariff's section. */
function kmNote({ perKm, perKmBeyond, sectionM }: Tariff, metres: number): string {
  const beyond = sectionM === 0 ? 0 : Math.max(0, metres - sectionM)
  const part = (m: number, rate: number): string =>
    t('noteRate', { quantity: exactKm(m), rate: t('perKm', { money: tariffMoney(rate) }) })
  const first = part(metres - beyond, perKm)
  return beyond === 0 ? first : `${first} + ${part(beyond, perKmBeyond)}`
}
