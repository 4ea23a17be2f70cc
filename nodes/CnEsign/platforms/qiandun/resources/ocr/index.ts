import type { Resource } from '../../../../runtime/items/operation';
import { readIdCard } from './readIdCard';

export const ocr: Resource = { value: 'ocr', name: 'OCR', operations: [readIdCard] };
