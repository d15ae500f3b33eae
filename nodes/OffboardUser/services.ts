import type { INodeType } from 'n8n-workflow';

import { Aitronos } from '../Aitronos/Aitronos.node';
import { aitronos } from '../Aitronos/aitronos';
import { Awork } from '../Awork/Awork.node';
import { awork } from '../Awork/awork';
import { Langdock } from '../Langdock/Langdock.node';
import { langdock } from '../Langdock/langdock';
import { Odeus } from '../Odeus/Odeus.node';
import { odeus } from '../Odeus/odeus';
import { Scim } from '../Scim/Scim.node';
import { scim } from '../Scim/scim';
import type { Service } from '../shared/users/service';
import { Zitadel } from '../Zitadel/Zitadel.node';
import { zitadel } from '../Zitadel/zitadel';

/** A service and its own node, whose credentials and lists hold here too. */
export interface ServiceNode {
	readonly service: Service;
	readonly node: Pick<INodeType, 'description' | 'methods'>;
}

/** In the order of the editor and of the output. A new service is one line here, and its imports. */
export const SERVICES: readonly ServiceNode[] = [
	{ service: langdock, node: new Langdock() },
	{ service: odeus, node: new Odeus() },
	{ service: aitronos, node: new Aitronos() },
	{ service: zitadel, node: new Zitadel() },
	{ service: awork, node: new Awork() },
	{ service: scim, node: new Scim() },
];
