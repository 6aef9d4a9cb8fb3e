using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using MyPortal.Kernel;

namespace MyPortal.Data;

internal sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => FromGuid(value))
    where TId : struct, ITypedId<TId>
{
    // An expression tree cannot call a static abstract member.
    private static TId FromGuid(Guid value) => TId.From(value);
}
