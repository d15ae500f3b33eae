import 'reflect-metadata';

import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';

/**
 * Readies n8n's dependency container. Given settings keep n8n from reading, and on a fresh machine
 * writing, the developer's own `~/.n8n`.
 */
export function prepareContainer(): void {
	const settings: Partial<InstanceSettings> = {
		instanceId: 'test',
		hmacSignatureSecret: 'test',
		n8nFolder: join(tmpdir(), 'n8n-nodes-offboarding-no-such-folder'),
	};
	Container.set(InstanceSettings, settings as InstanceSettings);
}
