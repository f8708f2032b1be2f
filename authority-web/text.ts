import { createT, type Translate } from '@hexhail/ui/i18n.ts'
import { en } from './locales/en.ts'
import { es } from './locales/es.ts'

/** Keys of the authority page's texts. */
export type AuthorityText = keyof typeof en

/** `t` of the authority's page. */
export const t: Translate<AuthorityText> = createT<typeof en>({ en, es })
