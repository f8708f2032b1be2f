/** Light or dark: the system's choice unless the reader makes one, which is remembered on this device. */

import { computed, signal } from '@preact/signals'

/** What the reader may choose. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'hexhail.theme'
const systemDark = signal(false)

/** The reader's choice. */
export const theme = signal<Theme>('system')

/** Whether the page is dark now. */
export const isDark = computed(() => (theme.value === 'system' ? systemDark.value : theme.value === 'dark'))

/** Uses a theme from now on and remembers it. */
export function setTheme(next: Theme): void {
  theme.value = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // Not remembered, still used until the page closes.
  }
  mark()
}

/** Reads the remembered choice and follows the system from now on. */
export function startTheme(fallback: Theme = 'system'): void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  systemDark.value = query.matches
  query.addEventListener('change', event => {
    systemDark.value = event.matches
  })
  let stored: string | null = null
  try {
    stored = localStorage.getItem(KEY)
  } catch {
    stored = null
  }
  theme.value = stored === 'light' || stored === 'dark' || stored === 'system' ? stored : fallback
  mark()
}

function mark(): void {
  if (theme.value === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme.value
}
