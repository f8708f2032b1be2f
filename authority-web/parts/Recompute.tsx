import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { t } from '../text.ts'

/** The command that works the figures of a screen out on another machine. */
export function Recompute({ command }: { readonly command: string }) {
  return (
    <div class="stack-tight">
      <p class="muted small">{t('proveElsewhere')}</p>
      <CopyText text={command} shown={command} />
    </div>
  )
}
