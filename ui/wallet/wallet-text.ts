import { type UiText, ui } from '../ui-text.ts'
import { type WalletCode, WalletError } from './wallet-error.ts'

const TEXTS: Readonly<Record<WalletCode, UiText>> = {
  passkey: 'walletErrorPasskey',
  cancelled: 'walletErrorCancelled',
  wrong: 'walletErrorWrong',
  refused: 'walletErrorRefused',
  storage: 'walletErrorStorage',
  chain: 'walletErrorChain',
}

/** A wallet's failure in the reader's words. */
export function walletText(error: unknown): string {
  if (error instanceof WalletError) return ui(TEXTS[error.code])
  return ui('walletErrorOther', { reason: error instanceof Error ? error.message : String(error) })
}
