import { createT, type Translate } from './i18n.ts'
import { en } from './locales/en.ts'
import { es } from './locales/es.ts'

/** Keys of the shared components' texts. */
export type UiText = keyof typeof en

/** `t` of the shared components. */
export const ui: Translate<UiText> = createT<typeof en>({ en, es })
