import { createTrail, type FactSource } from '@hexhail/chain/block-trail.ts'
import { followTrail } from '@hexhail/chain/follow-trail.ts'
import { createMemoryShelf } from '@hexhail/chain/mark-shelf.ts'
import type { ChainWriter, Follower } from '@hexhail/chain/ports.ts'
import { codeOf } from '@hexhail/chain/revert.ts'
import { quantity, type Rpc } from '@hexhail/chain/rpc.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import type { Seeded } from '../seeded.ts'
import type { Ledger, Sent } from './ledger.ts'
import type { Process } from './process.ts'
import { callVault, type VaultCall, type VaultRules } from './vault.ts'
import type { World } from './world.ts'

/** The chain as a device reaches it. */
export interface ChainAccess {
  writer(process: Process, account: Hex): ChainWriter
  /** The shipped follower over the simulated blocks; `mine`: which facts the device asks for. */
  follower(process: Process, mine: (fact: ChainFact) => boolean): Follower
  /** No answers for this device (all devices without one) until then. */
  down(untilMs: number, process?: Process): void
}

/** What the chain cannot find out by itself. */
export interface ChainTrust {
  /** Notes the terms, and names them. */
  digestOf(terms: Terms): Hex
  isTermsSigned(terms: Terms, signature: Hex): boolean
  isReceiptSigned(terms: Terms, receipt: Receipt, signature: Hex): boolean
}

/** A transaction that is in no block after so long is given up, ms; one that got lost is sent again after so long. */
const NOT_MINED_MS = 120_000
const AGAIN_MS = 4_000
/** Between two looks of a follower that nobody woke, ms. */
const POLL_MS = 60_000

/** Gives devices the chain. `isLost`: whether a transaction gets lost on its way. */
export function createChainAccess(
  world: World,
  seeded: Seeded,
  ledger: Ledger,
  rules: VaultRules,
  trust: ChainTrust,
  isLost: () => boolean,
  lateMs: number,
  isForgetful: boolean,
): ChainAccess {
  let downUntilMs = 0
  const downFor = new Map<Process, number>()
  const isDown = (process: Process) =>
    world.now() < downUntilMs || world.now() < (downFor.get(process) ?? 0) || !process.isOnline()
  const rpcDown = () => new HexhailError('rpc-down', 'The simulated chain does not answer.')
  const pause = (process: Process, ms: number) =>
    new Promise<void>(resolve => process.after(ms, () => resolve()))
  let count = 0

  const send = async (process: Process, terms: Terms, call: VaultCall, next?: VaultCall): Promise<Hex> => {
    if (isDown(process)) throw rpcDown()
    await pause(process, 20 + seeded.below(200))
    if (isDown(process)) throw rpcDown()
    const nowS = Math.floor(world.now() / 1000)
    let vault = ledger.pending(terms.rider)
    for (const each of next ? [call, next] : [call]) {
      const look = callVault(vault, each, nowS, rules)
      if ('refused' in look)
        throw new HexhailError(codeOf(look.refused), `The vault refuses: ${look.refused}.`)
      vault = look.vault
    }
    const hash: Hex = `0x${(++count).toString(16).padStart(64, '0')}`
    world.note(`${process.name} sends ${call.call}`)
    return new Promise<Hex>((resolve, reject) => {
      let isOver = false
      /** The answer comes when the chain can be reached again. */
      const answer = (give: () => void): void => {
        if (isOver) return
        process.after(50 + seeded.below(300), () => {
          if (isOver) return false
          if (isDown(process)) return answer(give)
          isOver = true
          give()
        })
      }
      const sent: Sent = {
        hash,
        rider: terms.rider,
        call,
        ...(next && { next }),
        onMined: refused =>
          answer(() => {
            if (refused) reject(new HexhailError(codeOf(refused), `The vault refused: ${refused}.`))
            else resolve(hash)
          }),
      }
      const submit = (): unknown => {
        if (isOver) return false
        if (!isLost()) ledger.send(sent)
        else process.after(AGAIN_MS, submit)
        return false
      }
      submit()
      process.after(NOT_MINED_MS, () => {
        if (isOver) return false
        isOver = true
        reject(new HexhailError('not-mined', 'The transaction is in no block yet.'))
      })
    })
  }

  return {
    down: (untilMs, process) => {
      if (process) downFor.set(process, untilMs)
      else downUntilMs = untilMs
    },
    writer: (process, account) => {
      const callOf = (terms: Terms, rest: object) =>
        ({ by: account, terms: trust.digestOf(terms), ...rest }) as VaultCall
      const run = (terms: Terms, rest: object) => send(process, terms, callOf(terms, rest))
      const unused = () => Promise.reject(new HexhailError('unused', 'Nobody does this in the simulation.'))
      return {
        account,
        hold: (terms, signature) =>
          run(terms, { call: 'hold', signed: trust.isTermsSigned(terms, signature) }),
        settle: (terms, receipt, signature) =>
          run(terms, { call: 'settle', receipt, signed: trust.isReceiptSigned(terms, receipt, signature) }),
        cancel: terms => run(terms, { call: 'cancel' }),
        release: terms => run(terms, { call: 'release' }),
        handOver: (own, next, signature) => {
          const held = { call: 'hold', signed: trust.isTermsSigned(next, signature) }
          return send(process, own, callOf(own, { call: 'release' }), callOf(next, held))
        },
        claim: (terms, amount, secret) => run(terms, { call: 'claim', amount, secret }),
        contest: (terms, admitted) => run(terms, { call: 'contest', admitted }),
        finalize: terms => run(terms, { call: 'finalize' }),
        rule: (terms, toDriver) => run(terms, { call: 'rule', toDriver }),
        collect: unused,
        deposit: unused,
        withdraw: unused,
      }
    },
    follower: (process, mine) => {
      const rpc: Rpc = async (_method, [at]) => {
        if (seeded.below(4) === 0) await pause(process, 20 + seeded.below(400))
        if (isDown(process)) throw rpcDown()
        const block = at === 'latest' ? ledger.head() : ledger.at(Number(at))
        return block ? { ...block, number: quantity(block.number) } : null
      }
      const source: FactSource<ChainFact> = {
        read: async blocks => {
          if (isDown(process)) throw rpcDown()
          if ('blockHash' in blocks) {
            const block = ledger.byHash(blocks.blockHash)
            if (!block) throw new HexhailError('rpc-error', 'The node does not know this block.')
            return block.facts.filter(mine)
          }
          const found: ChainFact[] = []
          for (let n = Number(blocks.fromBlock); n <= Number(blocks.toBlock); n++)
            found.push(...(ledger.at(n)?.facts ?? []).filter(mine))
          return found
        },
      }
      const from = isForgetful && process.life > 1 ? ledger.head().number + 1 : 0
      const follower = followTrail(
        rpc,
        bare => createTrail({ rpc: bare, source, from, confirmations: 0, shelf: createMemoryShelf() }),
        { after: (ms, run) => process.after(world.now() > lateMs ? ms * 10 : ms, run), pollMs: POLL_MS },
      )
      const { life } = process
      let isWaking = false
      ledger.onHead(() => {
        if (isWaking || process.life !== life) return
        isWaking = true
        process.after(100 + seeded.below(900), () => {
          isWaking = false
          follower.caughtUp().catch(() => {})
        })
      })
      return follower
    },
  }
}
