import { toast } from '@hexhail/ui/components/toasts.ts'
import type { AuthorityModel, KeyFault } from './model.ts'
import { hrefOf, keyOf } from './route.ts'
import { type AuthorityText, t } from './text.ts'

/** What is wrong with a key, in words. */
export const FAULT_TEXT: Readonly<Record<KeyFault, AuthorityText>> = {
  key: 'keyNot',
  other: 'keyOther',
  storage: 'keyStorage',
}

/** Takes a key that the address hands over (`#key=…`), and takes it out of the address and the history at once. */
export async function takeKey(model: AuthorityModel, page: Window): Promise<void> {
  const key = keyOf(page.location.hash)
  if (key === null) return
  page.history.replaceState(null, '', hrefOf({ screen: 'overview' }))
  page.dispatchEvent(new HashChangeEvent('hashchange'))
  const fault = await model.importKey(key)
  if (fault) toast(t(FAULT_TEXT[fault]))
  if (fault === 'key' || fault === 'other') page.location.hash = hrefOf({ screen: 'key' })
}
