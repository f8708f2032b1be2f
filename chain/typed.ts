import {
  DELEGATED,
  DELEGATION_TYPES,
  type Delegation,
  delegationDomain,
  delegationScope,
} from '@hexhail/protocol/delegation.ts'
import type { Domain, Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import { RECEIPT_TYPES, TERMS_TYPES, typedDomain } from '@hexhail/protocol/typed-data.ts'
import type { ChainWallet } from './wallet.ts'

/** What is needed of a wallet to sign. */
export type TypedSigner = Pick<ChainWallet, 'address' | 'signTypedData'>

/** The rider's word on the terms. */
export function signTerms(wallet: TypedSigner, domain: Domain, terms: Terms): Promise<Hex> {
  return wallet.signTypedData(typedDomain(domain), TERMS_TYPES, terms)
}

/** A receipt signed by the wallet itself, where no session key is at hand. */
export function signReceipt(wallet: TypedSigner, domain: Domain, receipt: Receipt): Promise<Hex> {
  return wallet.signTypedData(typedDomain(domain), RECEIPT_TYPES, receipt)
}

/** The wallet's word that a session key speaks for it in a role until a time. */
export function signDelegation(
  wallet: TypedSigner,
  domain: Domain,
  claim: { readonly session: Hex; readonly role: keyof typeof DELEGATED; readonly untilMs: number },
): Promise<Hex> {
  const { session, role, untilMs } = claim
  const delegation: Delegation = {
    session,
    role: DELEGATED[role],
    until: untilMs,
    scope: delegationScope(domain.vault),
  }
  return wallet.signTypedData(delegationDomain(domain.chainId), DELEGATION_TYPES, delegation)
}

const AUTHORIZATION_TYPES = {
  ReceiveWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' },
  ],
}

/** What an EIP-3009 signature moves into the vault. */
export interface DepositOrder {
  readonly amount: bigint
  /** Unix seconds of the chain's clock. */
  readonly validBeforeS: number
  /** 32 random bytes. */
  readonly nonce: Hex
}

/** The wallet's leave to take `amount` of its token into the vault once. */
export function signDeposit(
  wallet: TypedSigner,
  place: { readonly chainId: number; readonly token: Hex; readonly vault: Hex },
  order: DepositOrder,
): Promise<Hex> {
  const domain = { name: 'Fare Dollar', version: '1', chainId: place.chainId, verifyingContract: place.token }
  const times = { validAfter: 0, validBefore: order.validBeforeS, nonce: order.nonce }
  const value = { from: wallet.address, to: place.vault, value: order.amount, ...times }
  return wallet.signTypedData(domain, AUTHORIZATION_TYPES, value)
}
