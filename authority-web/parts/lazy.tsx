import { Button } from '@hexhail/ui/components/Button.tsx'
import { ErrorState } from '@hexhail/ui/components/EmptyState.tsx'
import { Spinner } from '@hexhail/ui/components/Spinner.tsx'
import { type ComponentChild, type ComponentType, createElement } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../text.ts'

/** A component whose code comes when it is first drawn, or when it is asked for ahead. */
export interface Lazy<P> {
  (props: P): ComponentChild
  /** Fetches the code; a second call while it is on its way is the same one. Rejects where it does not come. */
  load(): Promise<unknown>
}

/** Draws what `fetch` brings: a spinner until it is here, and a way out where it does not come. */
export function lazy<P extends object>(fetch: () => Promise<ComponentType<P>>): Lazy<P> {
  let found: ComponentType<P> | null = null
  let asked: Promise<unknown> | null = null
  const load = (): Promise<unknown> => {
    asked ??= fetch().then(
      component => {
        found = component
      },
      error => {
        asked = null
        throw error
      },
    )
    return asked
  }
  function Later(props: P) {
    const [tries, setTries] = useState(0)
    const [state, setState] = useState<'coming' | 'here' | 'lost'>('coming')
    useEffect(() => {
      let gone = false
      const put = (next: 'here' | 'lost') => gone || setState(next)
      // Also where it has come since it was drawn without.
      load().then(
        () => put('here'),
        () => put('lost'),
      )
      return () => {
        gone = true
      }
    }, [tries])
    if (found !== null) return createElement(found, props)
    if (state !== 'lost') return <Spinner label={t('screenComing')} />
    const again = (): void => {
      setState('coming')
      setTries(tries + 1)
    }
    return (
      <ErrorState
        icon="wifi-off"
        tone="warn"
        title={t('screenLost')}
        actions={
          <>
            <Button onClick={again}>{t('tryAgain')}</Button>
            <Button onClick={() => location.reload()}>{t('screenReload')}</Button>
          </>
        }
      >
        {t('screenLostText')}
      </ErrorState>
    )
  }
  return Object.assign(Later, { load })
}
