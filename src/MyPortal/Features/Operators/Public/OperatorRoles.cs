namespace MyPortal.Features.Operators.Public;

/// <summary>What an operator may do. Roles add up; whoever has any may read the console's pages except the records.</summary>
[Flags]
internal enum OperatorRoles
{
    None = 0,

    /// <summary>閲覧: look, change nothing.</summary>
    View = 1,

    /// <summary>受付: write down what a sender applies for and submit it.</summary>
    Receive = 2,

    /// <summary>承認: decide what somebody else submitted.</summary>
    Approve = 4,

    /// <summary>監査: read who did what, check the chain.</summary>
    Audit = 8,

    /// <summary>運用: keys, suspension, staff.</summary>
    Operate = 16,

    /// <summary>Whoever has any role.</summary>
    Any = View | Receive | Approve | Audit | Operate,
}
