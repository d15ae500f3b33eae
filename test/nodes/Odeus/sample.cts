import { odeus } from '../../../nodes/Odeus/odeus';
import { userManagementSample } from '../Langdock/sample.cts';

export const sample = userManagementSample(odeus);
