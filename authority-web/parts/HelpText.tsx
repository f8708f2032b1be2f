import { K } from '@hexhail/audit/summary.ts'
import { t } from '../text.ts'

/** What this page does. */
export function HelpText() {
  return (
    <>
      <p>{t('help1')}</p>
      <p>{t('help2')}</p>
      <p>{t('help3')}</p>
    </>
  )
}

/** What this page knows of people. */
export function PrivacyText() {
  return (
    <>
      <p>{t('privacy1')}</p>
      <p>{t('privacy2', { k: K })}</p>
    </>
  )
}
