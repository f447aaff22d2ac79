import { runAction } from '@wso2-delivery/shared/run/run';
import { action } from './action.ts';

await runAction(action, async () => (await import('./main.ts')).main);
