import { t } from '../text.ts'

/** How a shift works, in four sentences. */
export function Help() {
  return (
    <div class="stack">
      <p>{t('help1')}</p>
      <p>{t('help2')}</p>
      <p>{t('help3')}</p>
      <p>{t('help4')}</p>
    </div>
  )
}

/** Who knows what of a driver, in plain words. */
export function Privacy() {
  return (
    <ul class="stack">
      <li>{t('privacy1')}</li>
      <li>{t('privacy2')}</li>
      <li>{t('privacy3')}</li>
      <li>{t('privacy4')}</li>
    </ul>
  )
}
