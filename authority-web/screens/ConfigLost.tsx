import { AppShell } from '@hexhail/ui/components/AppShell.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { ErrorState } from '@hexhail/ui/components/EmptyState.tsx'
import { HelpText, PrivacyText } from '../parts/HelpText.tsx'
import { t } from '../text.ts'

/** The server does not say which chain this page is for. */
export function ConfigLost({ reason }: { readonly reason: string }) {
  return (
    <AppShell title={t('app')} layout="page" help={<HelpText />} privacy={<PrivacyText />}>
      <h1 class="visually-hidden">{t('app')}</h1>
      <ErrorState
        title={t('configLost')}
        actions={
          <Button kind="primary" onClick={() => location.reload()}>
            {t('tryAgain')}
          </Button>
        }
      >
        {t('configLostText', { reason })}
      </ErrorState>
    </AppShell>
  )
}
