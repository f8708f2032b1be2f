import '@hexhail/ui/start.ts'
import cityWorkerUrl from '@hexhail/transit/travel-worker.ts?worker&url'
import { createBoot } from '@hexhail/ui/app/boot.ts'
import { trustScriptUrl } from '@hexhail/ui/trusted-types.ts'
import { render } from 'preact'
import { App } from './App.tsx'

trustScriptUrl(cityWorkerUrl)
render(<App boot={createBoot('rider', cityWorkerUrl)} />, document.getElementById('app') as HTMLElement)
