import type { ILoadOptionsFunctions, INodeType } from 'n8n-workflow';

import { nameFor } from './names';
import { SERVICES } from './services';
import { asListOf } from './view';

type Methods = NonNullable<INodeType['methods']>;
type ListSearch = NonNullable<Methods['listSearch']>[string];

/** The tests of all credentials, as the services' own nodes have them. */
export function credentialTests(): NonNullable<Methods['credentialTest']> {
	return Object.assign(
		{},
		...SERVICES.map(({ node }) => node.methods?.credentialTest),
	) as NonNullable<Methods['credentialTest']>;
}

/** The lists of all services, which look for their fields under the names that these have here. */
export function listSearches(): NonNullable<Methods['listSearch']> {
	return Object.fromEntries(
		SERVICES.flatMap(({ service, node }) =>
			Object.entries(node.methods?.listSearch ?? {}).map(([name, search]) => {
				const ours: ListSearch = async function (this: ILoadOptionsFunctions, ...asked) {
					return await search.call(asListOf(service, this), ...asked);
				};
				return [nameFor(service, name), ours];
			}),
		),
	);
}
