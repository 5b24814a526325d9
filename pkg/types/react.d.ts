/**
 * The elements in React's JSX, from React 19 on. Import it once, anywhere: `import "jackfield/react"`.
 *
 * `<jackfield-form settings={{ team_id: 1 }} onjackfield-success={({ connection }) => …} />`
 */
import type { ClassAttributes, HTMLAttributes } from "react";
import type { Elements } from "./props.js";

type Listeners<Events, Target> = {
  [Name in keyof Events as `on${string & Name}`]?: ((event: Events[Name] & { currentTarget: Target }) => void) | undefined;
};

type Intrinsic = {
  [Tag in keyof Elements]: Elements[Tag]["props"] & Listeners<Elements[Tag]["events"], Elements[Tag]["element"]>
    & Omit<HTMLAttributes<Elements[Tag]["element"]>, keyof Elements[Tag]["props"]> & ClassAttributes<Elements[Tag]["element"]>;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends Intrinsic {}
  }
}
