import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { Button } from '../components/Button.tsx'
import { EmptyState, ErrorState } from '../components/EmptyState.tsx'
import { Spinner } from '../components/Spinner.tsx'
import type { Stage } from './boot.ts'
import { say } from './boot-text.ts'

/** What a page shows before it can work: how far it is, that another tab works, or what is wrong and the way out. */
export function BootScreen({ stage }: { readonly stage: Exclude<Stage, { at: 'ready' | 'wallet' }> }) {
  if (stage.at === 'opening') {
    return (
      <EmptyState icon="route" title={say('opening')}>
        <p role="status">
          <Spinner /> {say(stage.step)}
        </p>
      </EmptyState>
    )
  }
  if (stage.at === 'otherTab') {
    return (
      <EmptyState icon="info" title={say('otherTab')}>
        <p>{say('otherTabWhy')}</p>
      </EmptyState>
    )
  }
  const { error } = stage
  const known =
    error instanceof HexhailError && error.code === 'CONFIG'
      ? say('noConfig')
      : String((error as Error)?.message ?? error)
  return (
    <ErrorState
      title={say('failed')}
      actions={<Button onClick={() => location.reload()}>{say('again')}</Button>}
    >
      <p>{known}</p>
    </ErrorState>
  )
}
