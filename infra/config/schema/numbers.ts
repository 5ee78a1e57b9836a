import { z } from "zod";

export const whole = (minimum: number, maximum: number) => z.number().int().min(minimum).max(maximum);
export const seconds = (minimum: number, maximum: number) => whole(minimum, maximum);
