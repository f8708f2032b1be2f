import { Button } from '@hexhail/ui/components/Button.tsx'
import { toast } from '@hexhail/ui/components/toasts.ts'
import type { TariffDesk } from '../tariff-desk.ts'
import { t } from '../text.ts'

/** How a draft begins: from the tariff in force, or from a file. */
export function TariffStart({ desk }: { readonly desk: TariffDesk }) {
  const inForce = desk.inForce.value
  const open = async (file: File | undefined): Promise<void> => {
    if (file && !desk.open(await file.text())) toast(t('editOpenNot'))
  }
  return (
    <div class="starts">
      {inForce?.state === 'checked' && (
        <Button icon="edit" onClick={() => desk.begin(inForce.signed.document)}>
          {t('editBegin')}
        </Button>
      )}
      <label class="button file" data-kind="plain" data-size="normal">
        <span>{t('editOpen')}</span>
        <input
          type="file"
          accept=".json,application/json"
          onChange={event => void open(event.currentTarget.files?.[0])}
        />
      </label>
    </div>
  )
}
