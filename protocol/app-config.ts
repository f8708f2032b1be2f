import type { LngLat } from './geo.ts'
import type { Hex } from './terms.ts'

/** What `/config.json` tells every app and program of one deployment: where things are, nothing secret. */
export interface AppConfig {
  readonly chainId: number
  readonly rpcUrl: string
  readonly contracts: {
    readonly token: Hex
    readonly vault: Hex
    readonly tariffs: Hex
    readonly permits: Hex
    readonly relayRegistry: Hex
    readonly deployBlock: number
  }
  readonly tariffId: number
  /** Multiaddrs of relays, each with /p2p/<id>. */
  readonly relays: readonly string[]
  /** STUN servers (`stun:host:port`) for people who do not hide their internet address; none unless named: they see it too. */
  readonly stun?: readonly string[]
  readonly auditUrl: string
  /** The public log of this authority: where it is, its key and those of its witnesses (C2SP vkeys). */
  readonly log?: {
    readonly url: string
    readonly vkey: string
    readonly witnesses: readonly string[]
    /** The contract that it puts its checkpoints on. */
    readonly anchor?: Hex
  }
  /** Gives test money and test permits away; only on a local chain. */
  readonly faucetUrl: string | null
  readonly city: {
    readonly name: string
    readonly hash: string
    /** Of the bundle, relative to the page. */
    readonly url: string
    readonly centre: LngLat
    readonly bounds: readonly [west: number, south: number, east: number, north: number]
  }
  /** The city's timetable, where there is one. */
  readonly timetable?: {
    /** Content hash of its file: other bytes are refused. */
    readonly hash: string
    /** Of the file, relative to the page. */
    readonly url: string
    /** Its times are no agency's: whoever shows them says so. */
    readonly modelled: boolean
  }
  /** Transit whose vehicles gossip where they are: tags of the agencies (`agencyTag`) that the tariff's authority lists. */
  readonly transit?: { readonly agencies: readonly string[] }
  /** X25519 public key of the authority, hex: trip records are sealed to it. */
  readonly auditKey: Hex
  readonly jurisdiction: string
  /** ISO 3166-1 code of the city's country; it tells the emergency number. */
  readonly country?: string
  /** The emergency number where it is another than the country's. */
  readonly emergency?: string
  /** The region's idle credit (`matcher/assign/idle-credit.ts`), the same for all of its devices; none where it is absent. */
  readonly idleCredit?: { readonly perMille: number; readonly mostDs: number }
  /** Seconds of the road that a simulated car drives in one. */
  readonly speed: number
  readonly demo: boolean
}
