/** The official grammar. A static import would be linked before the load hook is there, hence the dynamic ones. */
import './load-hook.ts';

export const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } =
  await import('@actions/workflow-parser');
export const { parseAction } = await import('@actions/workflow-parser/actions/action-parser');
export const { convertActionTemplate } = await import('@actions/workflow-parser/actions/action-template');
