import { wholeMoves } from '@hexhail/matcher/handover/whole-moves.ts'
import type { Commit, Move } from '@hexhail/protocol/commit.ts'
import { driverOf, riderOf, type Town } from './town.ts'

/** What holds rides: one order of facts for all, as the chain gives it. A group is decided in one transaction. */
export interface SimVault {
  /** The rider's side brings a countersigned commit to the driver who has the group held. */
  hold(commit: Commit): void
}

/** A group is decided so long before its commits end where not all have agreed. */
const LEAD_MS = 500

/** The vault of a town; `held` is told of each ride that it holds. */
export function createSimVault(town: Town, told: { held(commit: Commit): void }): SimVault {
  const { world, network, books } = town
  const { clock } = world
  /** Countersigned commits of groups that are not decided. */
  const groups = new Map<string, Map<string, Commit>>()

  /** The vault knows who has a rider; cars are their drivers' own to keep single. */
  const stands = ({ request, from }: Move): boolean => {
    const rider = riderOf(town, request)
    if (rider.stage === 'waits') return from === null
    return rider.stage === 'given' && from === `d${rider.driver}`
  }
  const decide = (key: string, moves: readonly Move[], byRider: Map<string, Commit>): void => {
    if (!groups.delete(key)) return
    const agreed = wholeMoves(moves, move => {
      const commit = byRider.get(move.request)
      return commit !== undefined && clock.nowMs <= commit.expiresAtMs && stands(move)
    })
    if (agreed.length === 0) return
    const made = agreed.map(({ request }) => byRider.get(request)!)
    const changes = made.map(({ request, driver, promiseMs }) => ({
      rider: riderOf(town, request).id,
      driver: driverOf(town, driver).id,
      promiseMs,
    }))
    if (!world.give(changes)) return
    town.counts.swaps += agreed.filter(({ from }) => from !== null).length
    for (const commit of made) told.held(commit)
    if (moves.length > 1) {
      const issuedAtMs = clock.nowMs
      network.publish(network.viewOf(driverOf(town, moves[0]!.to).id), to => {
        for (const commit of made) books[to]!.accept({ commit, issuedAtMs })
      })
    }
  }

  return {
    hold: commit => {
      const { moves, request, epoch } = commit
      const key = `${epoch} ${moves.map(({ request, to }) => `${request} ${to}`).join(' ')}`
      const [from, to] = [
        network.viewOf(riderOf(town, request).id),
        network.viewOf(driverOf(town, moves[0]!.to).id),
      ]
      network.send(from, to, () => {
        if (clock.nowMs > commit.expiresAtMs) return
        let byRider = groups.get(key)
        if (byRider === undefined) {
          byRider = new Map()
          groups.set(key, byRider)
          const opened = byRider
          clock.at(commit.expiresAtMs - LEAD_MS, () => decide(key, moves, opened))
        }
        byRider.set(request, commit)
        if (byRider.size === moves.length) decide(key, moves, byRider)
      })
    },
  }
}
