import type { INodeProperties } from 'n8n-workflow';

import { listed } from '../shared/model/text';
import type { Service } from '../shared/users/service';
import { OPERATIONS } from './operations';
import { SERVICES } from './services';

/** What holds in this node for all services that have no look-up. */
const WITHOUT_LOOK_UP: Readonly<Record<string, (names: string) => string>> = {
	deactivate: (names) =>
		`${names} can't look up members. There, somebody who is not active counts as done only if another chosen service knows the email.`,
	get: (names) => `${names} can't look up members, so Get doesn't ask there.`,
};

/** Name of the notice that is always there once a service is chosen. */
export const FIRST_NOTICE = 'previewNotice';

const PREVIEW = "To see what would happen without changing anything, add the option 'Dry Run'.";

function firstNotice(operation: string): INodeProperties {
	return {
		displayName: operation === 'get' ? 'Get changes nothing.' : PREVIEW,
		name: FIRST_NOTICE,
		type: 'notice',
		default: '',
		displayOptions: {
			show: { services: SERVICES.map(({ service }) => service.name), operation: [operation] },
		},
	};
}

/** Text with a service's name left out. */
const NAME = '\0';

/** What people should read of the services that they choose: the same text once for all of them. */
export function noticeProperties(): INodeProperties[] {
	return OPERATIONS.flatMap(({ value: operation }) => {
		const groups = new Map<string, Service[]>();
		for (const { service } of SERVICES) {
			const text = noticeOf(service, operation);
			if (text !== undefined) groups.set(text, [...(groups.get(text) ?? []), service]);
		}
		const notices = [...groups].map(([text, services], index) => ({
			displayName: text.replaceAll(NAME, listed(services.map((one) => one.displayName))),
			name: `${operation}Notice${index + 1}`,
			type: 'notice' as const,
			default: '',
			displayOptions: {
				show: { services: services.map(({ name }) => name), operation: [operation] },
			},
		}));
		return [firstNotice(operation), ...notices];
	});
}

function noticeOf({ displayName, operations }: Service, operation: string): string | undefined {
	const ofAll = Object.hasOwn(operations, 'get') ? undefined : WITHOUT_LOOK_UP[operation];
	return ofAll ? ofAll(NAME) : operations[operation]?.notice?.replaceAll(displayName, NAME);
}
