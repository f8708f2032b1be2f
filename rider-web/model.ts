import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { type LookUpRecord, recordLookUp } from '@hexhail/client/look-up-record.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createRiderClient, type RiderClient } from '@hexhail/client/rider-client.ts'
import type { ConcessionClaim } from '@hexhail/permits/concession-claim.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { RidePlan } from '@hexhail/protocol/rider-state.ts'
import { needed } from '@hexhail/protocol/sharing.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import type { FoundPlace } from '@hexhail/streets/city-client.ts'
import type { Route } from '@hexhail/streets/router.ts'
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { type Estimate, estimateOf } from './estimate.ts'
import { type Hearers, hearersOf } from './hearers.ts'
import { createReducedFare, type ReducedFare } from './reduced-fare.ts'
import { createWays, type Ways } from './travel/ways.ts'

/** A place that the rider has picked. */
export interface Spot {
  readonly at: LngLat
  readonly name: string
}

/** The rider's money, minor units. */
export interface Funds {
  readonly free: bigint
  readonly held: bigint
  /** In the wallet, not in the vault. */
  readonly purse: bigint
}

/** Which end of the ride the search or the map sets. */
export type End = 'pickup' | 'destination'

/** All that the rider's screens show and do. */
export interface RiderModel {
  readonly config: AppConfig
  /** The document behind the tariff; null where it cannot be had. */
  readonly document: TariffDocument | null
  readonly client: RiderClient
  readonly pickup: Signal<Spot | null>
  readonly destination: Signal<Spot | null>
  readonly editing: Signal<End | null>
  /** When the car is wanted, unix ms; 0 = now. */
  readonly pickupAt: Signal<number>
  /** Who hears a request from the pickup now, as relays tell. */
  readonly around: ReadonlySignal<Hearers | null>
  readonly seats: Signal<number>
  readonly needs: Signal<number>
  /** Whether a much nearer driver may take over before pickup; kept on the device. */
  readonly takesNearer: Signal<boolean>
  readonly name: Signal<string>
  readonly route: ReadonlySignal<Route | null>
  /** True while the way is being computed. */
  readonly routing: ReadonlySignal<boolean>
  readonly estimate: ReadonlySignal<Estimate | null>
  readonly reduced: ReducedFare
  /** Ways by lines and rides; null where the city has no timetable. */
  readonly ways: Ways | null
  readonly funds: ReadonlySignal<Funds | null>
  /** The last thing that went wrong, by code; cleared by the next deed. */
  readonly problem: Signal<string | null>
  readonly busy: ReadonlySignal<string | null>
  /** The page's clock, ms: what changes by the hour alone is drawn from it. */
  readonly clock: ReadonlySignal<number>
  find(text: string, near?: LngLat): Promise<FoundPlace[]>
  /** Sets an end of the ride to a place; its name is looked up when not given. */
  put(end: End, at: LngLat, name?: string): Promise<void>
  ask(): Promise<void>
  /** Leaves the trip shown as it is, and plans another. */
  another(): void
  choose(tag: string): Promise<void>
  /** Asks the driver for another destination, at the price of the whole way. */
  changeTo(at: LngLat, name: string): Promise<void>
  /** Sends a claim for a reduced fare to the office. */
  claim(claim: ConcessionClaim): Promise<void>
  /** Test money from the faucet, straight into the vault. */
  fill(): Promise<void>
  deposit(amount: bigint): Promise<void>
  withdraw(amount: bigint): Promise<void>
  refreshFunds(): Promise<void>
  /** Looks the record of a trip up in the public log; null where there is none. */
  readonly lookUp: LookUpRecord | null
}

const NAME = 'rider/name'
const NEARER = 'rider/takes-nearer'
const CLOCK_MS = 1_000
/** While a ride is planned the relays are asked this often who hears it, ms. */
const LISTEN_MS = 20_000

/** Makes the model over the ports of a wallet. */
export async function createRiderModel(
  ports: ClientPorts,
  config: AppConfig,
  wallet: ChainWallet,
  post: typeof fetch = fetch,
): Promise<RiderModel> {
  const { city, rules, reader, store, now, report } = ports
  const client = await createRiderClient(ports)
  const pickup = signal<Spot | null>(null)
  const destination = signal<Spot | null>(null)
  const route = signal<Route | null>(null)
  const routing = signal(false)
  const funds = signal<Funds | null>(null)
  const problem = signal<string | null>(null)
  const busy = signal<string | null>(null)
  const seats = signal(1)
  const pickupAt = signal(0)
  const around = signal<Hearers | null>(null)
  const needs = signal(0)
  const takesNearer = signal((await store.get<boolean>(NEARER)) ?? true)
  takesNearer.subscribe(isOn => void store.set(NEARER, isOn).catch(report))
  const name = signal((await store.get<string>(NAME)) ?? '')
  name.subscribe(text => void store.set(NAME, text).catch(report))
  const clock = signal(now())
  ports.every(CLOCK_MS, () => {
    clock.value = now()
  })
  let wish = 0

  /** Looks for the way of the trip shown, or of the one planned. */
  const plan = async () => {
    const mine = ++wish
    route.value = null
    const shown = client.trip.value?.plan
    const [a, b] = shown ? [shown.pickup, shown.dest] : [pickup.value?.at, destination.value?.at]
    if (!a || !b) return
    routing.value = true
    try {
      const [from, to] = await Promise.all([city.snap(a), city.snap(b)])
      const found = from && to ? await city.route(from, to) : null
      if (mine !== wish) return
      route.value = found
      if (!shown) problem.value = found ? null : 'NO_WAY'
    } finally {
      if (mine === wish) routing.value = false
    }
  }
  /** Asks the relays again who hears a request from the pickup. */
  const listen = async () => {
    const at = pickup.value?.at
    const heard = at ? hearersOf(await client.around(at).catch(() => null)) : null
    if (pickup.value?.at === at) around.value = heard
  }
  ports.every(LISTEN_MS, () => {
    if (!client.trip.value) void listen()
  })
  const reduced = await createReducedFare(ports)
  const estimate = computed<Estimate | null>(
    () => route.value && estimateOf(rules, route.value, pickupAt.value || now(), reduced.active.value),
  )
  const refreshFunds = async () => {
    const [account, purse] = await Promise.all([
      reader.account(wallet.address),
      reader.tokenBalance(wallet.address),
    ])
    funds.value = { ...account, purse }
  }
  /** One deed at a time; what goes wrong is shown, not thrown. */
  const deed = async (what: string, run: () => Promise<void>) => {
    if (busy.value) return
    busy.value = what
    problem.value = null
    try {
      await run()
    } catch (error) {
      problem.value = error instanceof HexhailError ? error.code : 'UNKNOWN'
      report(error)
    } finally {
      busy.value = null
      await refreshFunds().catch(report)
    }
  }
  const ask = async (plan: Omit<RidePlan, 'seats' | 'needs' | 'riderName' | 'concession'>): Promise<void> =>
    client.request({
      ...plan,
      ...{ seats: seats.value, riderName: name.value.trim() || 'Rider' },
      // A car that is booked ahead is not shared.
      needs: plan.pickupAtMs ? needed(needs.value) : needs.value,
      keepsDriver: !takesNearer.value,
      ...(reduced.active.value !== null && { concession: reduced.active.value }),
    })
  const ways = await createWays({
    ...{ ports, client, pickup, destination, pickupAt, around, needs, deed, ask },
    concession: reduced.active,
  })
  ports.follower.on(({ fact }) => {
    if (!client.trips.value.some(trip => trip.digest === fact.terms)) return
    void Promise.all([refreshFunds(), reduced.count()]).catch(report)
  })
  await refreshFunds().catch(report)
  // The map shows the way of the trip shown, and of no other.
  let onMap: string | null = null
  effect(() => {
    const shown = client.trip.value?.requestId ?? null
    if (shown === onMap) return
    const isPlanned = onMap === null && busy.peek() === 'ask'
    onMap = shown
    if (!isPlanned) untracked(() => void plan().catch(report))
  })

  return {
    config,
    document: rules.document?.document ?? null,
    client,
    pickup,
    destination,
    editing: signal(null),
    pickupAt,
    around,
    seats,
    needs,
    takesNearer,
    name,
    route,
    routing,
    estimate,
    reduced,
    ways,
    funds,
    problem,
    busy,
    clock,
    find: (text, near) => city.find(text, near, 8),
    put: async (end, at, title) => {
      const target = end === 'pickup' ? pickup : destination
      target.value = { at, name: title ?? (await city.nameAt(at)) }
      if (end === 'pickup') void listen()
      await plan()
    },
    ask: () =>
      deed('ask', async () => {
        const [a, b, quote] = [pickup.value, destination.value, estimate.value]
        if (!a || !b || !quote) return
        await ask({
          ...{ pickup: a.at, pickupName: a.name, dest: b.at, destName: b.name },
          ...{ metres: quote.metres, secs: quote.secs, path: quote.path, pickupAtMs: pickupAt.value },
        })
      }),
    another: () => {
      destination.value = null
      pickupAt.value = 0
      client.show(null)
    },
    choose: tag =>
      deed('choose', async () => {
        await client.choose(tag)
        pickupAt.value = 0
      }),
    claim: claim => deed('claim', () => reduced.apply(claim)),
    changeTo: (at, name) =>
      deed('change', async () => {
        const trip = client.trip.value
        const here = trip?.seen?.at ?? trip?.plan.pickup
        if (!trip || !here) return
        const [from, to] = await Promise.all([city.snap(here), city.snap(at)])
        const rest = from && to ? await city.route(from, to) : null
        if (!rest) throw new HexhailError('NO_WAY', 'There is no way by car to this place.')
        const metres = trip.meter.metres + Math.round(rest.distanceM)
        const secs = Math.round(trip.meter.secs * rules.timeScale + rest.durationS)
        await client.dispatch({ type: 'change', dest: at, destName: name, metres, secs })
        route.value = rest
      }),
    fill: () =>
      deed('fill', async () => {
        const answer = await post(`${config.faucetUrl}/faucet`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ address: wallet.address }),
        })
        if (!answer.ok)
          throw new HexhailError(
            'FAUCET',
            `The faucet answered ${answer.status}: wait a minute and try again.`,
          )
        await ports.writer.deposit(await reader.tokenBalance(wallet.address))
      }),
    deposit: amount => deed('deposit', async () => void (await ports.writer.deposit(amount))),
    withdraw: amount =>
      deed('withdraw', async () => void (await ports.writer.withdraw(wallet.address, amount))),
    refreshFunds,
    lookUp: recordLookUp(config, store, now),
  }
}
