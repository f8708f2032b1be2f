import { LANGUAGES, locale, setLocale } from '../locale.ts'
import { setTheme, type Theme, theme } from '../theme.ts'
import { ui } from '../ui-text.ts'
import { Segmented } from './Segmented.tsx'

/** Language and appearance; the settings of every app start with it. */
export function Preferences() {
  const themes: readonly { value: Theme; label: string }[] = [
    { value: 'system', label: ui('themeSystem') },
    { value: 'light', label: ui('themeLight') },
    { value: 'dark', label: ui('themeDark') },
  ]
  return (
    <>
      <Segmented
        label={ui('language')}
        value={locale.value.split('-')[0] ?? 'en'}
        options={LANGUAGES.map(each => ({
          value: each.tag as string,
          label: <span lang={each.tag}>{each.name}</span>,
        }))}
        onValue={setLocale}
      />
      <Segmented label={ui('theme')} value={theme.value} options={themes} onValue={setTheme} />
    </>
  )
}
