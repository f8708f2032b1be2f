import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { Interface, type Result } from 'ethers'
import { FARE_DOLLAR_ABI, FARE_VAULT_ABI, PERMITS_ABI, TARIFFS_ABI } from './generated/abi.ts'

const ERRORS = new Interface(
  [
    ...new Map(
      [...FARE_VAULT_ABI, ...FARE_DOLLAR_ABI, ...TARIFFS_ABI, ...PERMITS_ABI]
        .filter(entry => entry.type === 'error')
        .map(entry => [entry.name, entry]),
    ).values(),
  ].map(entry => entry as object) as never,
)

const money = (amount: unknown): string => {
  const cents = BigInt(amount as bigint) / 10_000n
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
}
const short = (hex: unknown): string => `${String(hex).slice(0, 10)}…`
const clock = (unixS: unknown): string => {
  const time = new Date(Number(unixS) * 1_000)
  return Number.isNaN(time.getTime()) ? `second ${unixS}` : `${time.toISOString().slice(0, 19)}Z`
}

/** What each refusal of the contracts means, with its values, and what to do about it. */
const REMEDIES: Readonly<Record<string, (args: Result) => string>> = {
  AlreadyOver: ([now, until]) =>
    `The permit would end at ${clock(until)}, before now (${clock(now)}): give a later time.`,
  AmountOverLimit: ([amount, limit]) =>
    `${money(amount)} is over the limit of ${money(limit)}: ask for at most that.`,
  BalanceTooLow: ([free, needed]) =>
    `The free balance is ${money(free)}, ${money(needed)} is needed: deposit first.`,
  CutOff: ([length]) => `The batch ends in the middle of a job (byte ${length}): pack it again.`,
  DueOverHold: ([due, hold]) => `${money(due)} is due, ${money(hold)} is held: settle for at most the hold.`,
  EmptyAmount: () => 'The amount is zero: ask for more, or release the trip.',
  EmptyHold: () => 'The terms hold nothing: sign terms with a hold.',
  ERC20InsufficientBalance: ([, balance, needed]) =>
    `The wallet has ${money(balance)}, ${money(needed)} is needed: get tokens first.`,
  ERC3009InvalidAuthorizationTime: ([, before]) =>
    `The deposit had to be sent before ${clock(before)}: sign it again.`,
  ERC3009InvalidSignature: () =>
    'The deposit is not signed by its owner: sign it again with the right wallet.',
  ERC3009UsedAuthorization: () => 'This deposit is already made: sign a new one.',
  FactorOutOfRange: ([bp, min, max]) =>
    `The price factor ${bp} is not between ${min} and ${max}: keep to the tariff.`,
  FareOverCap: ([fare, cap]) =>
    `The fare ${money(fare)} is over the tariff's ${money(cap)}: ask for at most that.`,
  FareOverHold: ([fare, hold]) =>
    `The fare ${money(fare)} is over the hold ${money(hold)}: sign terms with a larger hold.`,
  LaneBusy: ([held, terms]) =>
    `The lane holds ${money(held)} for trip ${short(terms)}: end that trip, or use another lane.`,
  NoPermit: ([, driver]) => `${driver} has no permit of this authority: nothing to revoke.`,
  NoVehicle: ([, vehicle]) => `${short(vehicle)} has no permit of this authority: nothing to revoke.`,
  NotAuthority: ([authority, sender]) =>
    `${sender} cannot publish for ${authority}: use the authority's wallet.`,
  NotKeeper: ([keeper, sender]) =>
    `Only the car's keeper ${keeper} lends it, not ${sender}: use that wallet.`,
  NotPermitted: ([authority, driver]) =>
    `${driver} has no permit of ${authority} that holds now: apply for one, or for a permitted car.`,
  NotHeld: ([terms]) => `Nothing is held for trip ${short(terms)}: it has ended, or was never held.`,
  NotParty: ([expected, sender]) => `Only ${expected} can do this, not ${sender}: use that wallet.`,
  OnlyLocalChain: ([local, chainId]) => `Test tokens exist on chain ${local} alone, not on ${chainId}.`,
  PaidOut: () => 'This payout is made already: sign a new one.',
  SameParty: () => 'Rider and driver are the same account: use two.',
  TipOverFare: ([tip, fare]) =>
    `The tip ${money(tip)} is over the fare ${money(fare)}: tip at most the fare.`,
  TollOverCap: ([toll, cap]) =>
    `Tolls of ${money(toll)} are over the tariff's ${money(cap)}: ask for at most that.`,
  TooEarly: ([now, from]) => `It is ${clock(now)}, this is possible after ${clock(from)}: wait.`,
  TooLate: ([now, deadline]) =>
    `It is ${clock(now)}, this was possible until ${clock(deadline)}: too late for it.`,
  UnknownTariff: ([id, count]) => `There is no tariff ${id} (the newest is ${count}): use a published one.`,
  WaitOverCap: ([wait, cap]) =>
    `The waiting pay ${money(wait)} is over the tariff's ${money(cap)}: ask for at most that.`,
  WrongCase: ([terms]) => `Trip ${short(terms)} has no open case of this kind: look at its newest event.`,
  WrongDetails: () => 'The details are not those that the rider signed: send the signed ones.',
  WrongSequence: ([expected, actual]) =>
    `The terms are number ${actual} of the lane, ${expected} comes next: sign new terms.`,
  WrongSigner: ([expected]) => `The signature is not by ${expected}: ask that party to sign again.`,
}

/** The code of a custom error: `BalanceTooLow` is 'balance-too-low'. */
export function codeOf(errorName: string): string {
  return errorName
    .replace(/^(ERC\d+|ECDSA)/, '$1-')
    .replace(/([a-z])([A-Z0-9])/g, '$1-$2')
    .toLowerCase()
}

/** The readable fault in the data of a revert: code, a sentence with the remedy, and the values by their names. */
export function revertFault(data: unknown, cause?: unknown): HexhailError | null {
  if (typeof data !== 'string' || data.length < 10) return null
  const parsed = ERRORS.parseError(data)
  if (!parsed) return null
  const { name, args, fragment } = parsed
  if (name === 'Error' || name === 'Panic')
    return new HexhailError('reverted', `The contract refused: ${String(args[0])}.`, { name }, cause)
  const values = Object.fromEntries(fragment.inputs.map((input, i) => [input.name, args[i]]))
  const message = REMEDIES[name]?.(args) ?? `The contract refused: ${name}(${args.join(', ')}).`
  return new HexhailError(codeOf(name), message, { error: name, ...values }, cause)
}

/** A refused call or transaction as a fault with its remedy; other errors stay what they are. */
export function readableFault(error: unknown, account?: string): unknown {
  if (!(error instanceof HexhailError) || error.code !== 'rpc-error') return error
  const { data, message } = error.data as { data?: unknown; message?: string }
  const fault = revertFault(
    typeof data === 'object' && data ? (data as { data?: unknown }).data : data,
    error,
  )
  if (fault) return fault
  const text = message ?? ''
  if (/insufficient funds|gas required exceeds|doesn't have enough funds/i.test(text))
    return new HexhailError(
      'no-gas',
      `${account ?? 'The account'} has too little coin for gas: get some from the faucet.`,
      { account },
      error,
    )
  if (/revert/i.test(text))
    return new HexhailError('reverted', `The contract refused without a reason (${text}).`, {}, error)
  return error
}
