import { SUBJECTS } from '../../harness/subjects.cts';
import { chosenFor } from '../../host/offboarding.cts';
import type { ServiceName } from '../../simulators/index.cts';
import { flow, given, ours, start, type Step } from '../flow.cts';

/** Name of the node of ours in the workflows below. */
export const OURS = 'Offboarding';

interface NodeFacts {
	readonly name?: string;
	readonly parameters?: object;
	readonly onError?: 'continueRegularOutput';
	/** If given, the node gets an item for each. */
	readonly emails?: readonly string[];
	/** Those whose credential is chosen: by default the node's own. */
	readonly services?: readonly ServiceName[];
	/** What comes behind the node. */
	readonly behind?: readonly Step[];
}

/** Fields that the node of a service needs to deactivate somebody. */
export function deactivation(service: ServiceName, email: string): object {
	return SUBJECTS[service].parameters({ email });
}

/** A workflow that is started by hand and leads to one node of ours, with its credential chosen. */
export function workflowWith(type: ServiceName | 'offboardUser', facts: NodeFacts = {}) {
	const { name = OURS, parameters, onError, emails = [], behind = [] } = facts;
	const { services = type === 'offboardUser' ? [] : [type] } = facts;
	const leavers = given(
		'Leavers',
		emails.map((email) => ({ email })),
	);
	const node = ours(type, name, parameters, {
		credentials: chosenFor(services),
		...(onError && { onError }),
	});
	return flow('Offboarding', start, [...(emails.length > 0 ? leavers : []), node, ...behind]);
}
