import type { Tariff } from '@hexhail/protocol/tariff.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { LinkButton } from '@hexhail/ui/components/LinkButton.tsx'
import { saveText } from '@hexhail/ui/save-text.ts'
import { useEffect } from 'preact/hooks'
import type { TariffDesk } from '../tariff-desk.ts'
import { t } from '../text.ts'

const WORDS = { none: 'docNone', away: 'docAway', wrong: 'docWrong' } as const

/** The document behind a tariff, checked against the chain; and the way to its next version. */
export function TariffDocumentCard({ desk, tariff }: { readonly desk: TariffDesk; readonly tariff: Tariff }) {
  useEffect(() => desk.look(tariff), [desk, tariff])
  const found = desk.inForce.value
  return (
    <Card label={t('docChecked')}>
      <h2>{t('docChecked')}</h2>
      <p class="check" data-ok={found?.state === 'wrong' ? undefined : ''}>
        <Icon
          name={found?.state === 'checked' ? 'check' : found?.state === 'wrong' ? 'warning' : 'info'}
          size={20}
        />
        <span>{textOf(desk)}</span>
      </p>
      {found?.state === 'checked' && (
        <>
          <CopyText text={tariff.document} />
          <Button
            icon="download"
            onClick={() => saveText('tariff.json', 'application/json', `${JSON.stringify(found.signed)}\n`)}
          >
            {t('docSave')}
          </Button>
        </>
      )}
      <LinkButton href="#/tariff-draft">{t('editTitle')}</LinkButton>
    </Card>
  )
}

function textOf(desk: TariffDesk): string {
  const found = desk.inForce.value
  if (found === null) return t('docAsking')
  if (found.state !== 'checked') return t(WORDS[found.state])
  const { title, version } = found.signed.document
  return t('docCheckedText', { title, version })
}
