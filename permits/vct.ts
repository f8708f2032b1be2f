/** The kinds of credential and what each may say. SD-JWT VC is still a draft: what it may rename stands here alone. */

/** Media type in the header of an issuer-signed token (SD-JWT VC, draft 24, section 3.2.1). */
export const CREDENTIAL_TYP = 'dc+sd-jwt'
/** The word for the format in OpenID4VCI metadata. */
export const CREDENTIAL_FORMAT = 'dc+sd-jwt'

/** `vct` of each kind. */
export const VCT = {
  driver: 'urn:hexhail:permit:driver:1',
  vehicle: 'urn:hexhail:permit:vehicle:1',
  concession: 'urn:hexhail:concession:1',
} as const

/** A kind of credential. */
export type CredentialKind = keyof typeof VCT

/** What a driver's permit says. */
export interface DriverClaims {
  /** First name: all that a rider learns of it. */
  readonly name: string
  /** sha256 of the small portrait's bytes, base64url. */
  readonly photo: string
  readonly licence: string
  /** did:pkh of the account that the permit is for. */
  readonly account: string
}

/** How a car is driven (MDS `propulsion_types`). */
export const PROPULSIONS = [
  'combustion',
  'combustion_diesel',
  'hybrid',
  'plug_in_hybrid',
  'electric',
  'hydrogen_fuel_cell',
] as const
export type Propulsion = (typeof PROPULSIONS)[number]

/** What a car's permit says. */
export interface VehicleClaims {
  readonly plate: string
  readonly make: string
  readonly model: string
  readonly colour: string
  readonly seats: number
  readonly wheelchair: boolean
  readonly propulsion: Propulsion
  /** Last days, `YYYY-MM-DD`. */
  readonly inspection: string
  readonly insurance: string
}

/** Who rides at a lower fare. */
export const CONCESSIONS = ['student', 'senior', 'lowIncome', 'disability', 'youth'] as const
export type Concession = (typeof CONCESSIONS)[number]

/** What a rider's concession says: the class, and nothing of the person. */
export interface ConcessionClaims {
  readonly category: Concession
}

/** The claims of each kind. All of them are disclosed one by one. */
export interface ClaimsOf {
  readonly driver: DriverClaims
  readonly vehicle: VehicleClaims
  readonly concession: ConcessionClaims
}

/** Names of the claims, as they are put under digests. */
export const CLAIM_NAMES: { readonly [K in CredentialKind]: readonly (keyof ClaimsOf[K] & string)[] } = {
  driver: ['name', 'photo', 'licence', 'account'],
  vehicle: [
    ...(['plate', 'make', 'model', 'colour', 'seats', 'wheelchair', 'propulsion'] as const),
    ...(['inspection', 'insurance'] as const),
  ],
  concession: ['category'],
}

/** What a rider is shown, and nothing else. */
export const SHOWN_TO_RIDER = {
  driver: ['name', 'photo'],
  vehicle: ['plate', 'make', 'model', 'colour'],
} as const satisfies { driver: readonly (keyof DriverClaims)[]; vehicle: readonly (keyof VehicleClaims)[] }

/** An account as a did:pkh (CAIP-10). */
export const accountDid = (chainId: number, account: string): string =>
  `did:pkh:eip155:${chainId}:${account.toLowerCase()}`
