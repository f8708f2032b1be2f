import { createHash, randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type CubeShape, FARES, FLOWS, hours } from '@hexhail/audit/cubes/cubes.ts'
import { checkRelease, EPSILON } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import { cube, cubeFiles } from '@hexhail/audit/exports/cube.ts'
import { appendLedger, readLedger } from '@hexhail/audit/exports/cube-ledger.ts'
import type { MakeExport } from '@hexhail/audit/exports/run-export.ts'
import type { ToLocal } from '@hexhail/audit/exports/text.ts'
import type { ActWallet } from '@hexhail/audit/log/act-signature.ts'
import { appendAct } from '@hexhail/audit/log/append-act.ts'
import { createLogClient } from '@hexhail/audit/log/log-client.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { ExportSpan } from './export-source.ts'

/** 2^48 steps in [0, 1), of the machine's cryptographic source. */
const uniform = (): number => randomInt(2 ** 48 - 1) / (2 ** 48 - 1)

/** A release on its way. */
export interface CubeRelease {
  readonly make: MakeExport
  /** Puts the release into a public log, signed by the authority, before its files have names; gives its leaf. */
  readonly tell: (url: string, wallet: ActWallet, atMs: number) => Promise<number>
  /** Writes the release into the ledger, with its leaf if it has one: from here on its privacy is spent. */
  readonly spend: (leaf?: number) => void
}

/** Prepares a release. @throws {HexhailError} 'released' or 'epsilon-spent' where it may not be made */
export function cubeRelease(init: {
  readonly name: string
  readonly period: string
  readonly span: ExportSpan
  readonly toLocal: ToLocal
  readonly ledger: string
  readonly out: string
}): CubeRelease {
  const { name, period, span, toLocal, ledger, out } = init
  const shape = shapeOf(name, Math.round((toLocal(span.fromS) - span.fromS) / 60))
  const isWeek = period.includes('W')
  if (isWeek !== (shape === FARES))
    throw new HexhailError(
      'bad-value',
      `${name} is made of a ${isWeek ? 'month: 2026-11' : 'week: 2026-W48'}.`,
      {},
    )
  const spent = readLedger(ledger)
  checkRelease(spent, { name: shape.name, period, epsilon: EPSILON })
  const file = cubeFiles(shape.name, period).csv
  if (existsSync(join(out, file)))
    throw new HexhailError(
      'released',
      `${join(out, file)} is there and not in ${ledger}: give its own ledger.`,
    )
  let text = ''
  const content = () => createHash('sha256').update(text).digest()
  return {
    make: cube({ shape, period, uniform, onText: csv => (text = csv) }),
    spend(leaf) {
      const sha256 = content().toString('hex')
      appendLedger(ledger, {
        name: shape.name,
        period,
        epsilon: EPSILON,
        sha256,
        ...(leaf !== undefined && { leaf }),
      })
    },
    async tell(url, wallet, atMs) {
      const before = spent.reduce((sum, { epsilon }) => sum + epsilon, 0)
      const epsilonMilli = Math.round(EPSILON * 1_000)
      const totalMilli = Math.round((before + EPSILON) * 1_000)
      const matter = {
        name: 'release',
        file,
        content: new Uint8Array(content()),
        epsilonMilli,
        totalMilli,
      } as const
      return (await appendAct(createLogClient(url).add, matter, { wallet, atMs })).index
    },
  }
}

function shapeOf(name: string, offsetMin: number): CubeShape {
  const shape = [FLOWS, hours(offsetMin), FARES].find(each => each.name === name)
  if (shape) return shape
  throw new HexhailError('bad-value', `--cube takes flows, hours or fares, not «${name}».`, {})
}
