import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { Aitronos } from '../../../nodes/Aitronos/Aitronos.node';
import { Awork } from '../../../nodes/Awork/Awork.node';
import { Langdock } from '../../../nodes/Langdock/Langdock.node';
import { Odeus } from '../../../nodes/Odeus/Odeus.node';
import { Zitadel } from '../../../nodes/Zitadel/Zitadel.node';
import type { ServiceName } from '../../simulators/index.cts';

/** What the nodes say of themselves. */
export const DESCRIPTIONS: Readonly<Record<ServiceName, INodeTypeDescription>> = {
	langdock: new Langdock().description,
	odeus: new Odeus().description,
	aitronos: new Aitronos().description,
	zitadel: new Zitadel().description,
	awork: new Awork().description,
};

/** The fields that belong to an operation, from top to bottom. */
export function fieldsOf(service: ServiceName, operation: string): INodeProperties[] {
	return DESCRIPTIONS[service].properties.filter(
		({ displayOptions }) => displayOptions?.show?.['operation']?.includes(operation) ?? false,
	);
}
