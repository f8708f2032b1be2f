/** Why a wallet did not come about; the screens look their words up by it. */
export type WalletCode = 'passkey' | 'cancelled' | 'wrong' | 'refused' | 'storage' | 'chain'

/** A failure of the wallet that a person can do something about. */
export class WalletError extends Error {
  override readonly name = 'WalletError'
  readonly code: WalletCode

  constructor(code: WalletCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}
