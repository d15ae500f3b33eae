import type { INodeTypeDescription } from 'n8n-workflow';
import { SERVICES } from '../../../nodes/OffboardUser/services';
import type { ServiceName } from '../../simulators/index.cts';

/** What the nodes say of themselves. */
export const DESCRIPTIONS = Object.fromEntries(
	SERVICES.map(({ service, node }) => [service.name, node.description]),
) as Readonly<Record<ServiceName, INodeTypeDescription>>;
